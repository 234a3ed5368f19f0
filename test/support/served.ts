// A site served by a process of its own, as in production, with an open statement to sign.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { openShell, type Running, type Shell } from './command.ts'
import { type FreshDatabase, freshDatabase } from './databases.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { testSecret } from './site.ts'

export const letter = `---
slug: a-letter
kind: open-letter
title: "A letter"
authoritative: true
convenors: [{ name: "Harbour Alliance" }]
---
We ask you to act.
`

export interface Served {
  shell: Shell
  inbox: Inbox
  database: FreshDatabase
  /** Starts the site once more; resolves when it is ready. */
  serve: () => Promise<{ address: string; running: Running }>
}

export async function openServed(env: Record<string, string> = {}): Promise<Served> {
  const database = await freshDatabase()
  const inbox = await openInbox()
  after(async () => {
    await inbox.close()
    await database.drop()
  })
  const shell = openShell({
    DATABASE_URL: database.url,
    SECRET_KEY: testSecret,
    SMTP_URL: inbox.url,
    PORT: '0',
    LOG_LEVEL: 'error',
    ...env,
  })
  await publishLetter(shell)
  return { shell, inbox, database, serve: () => serve(shell) }
}

async function publishLetter(shell: Shell): Promise<void> {
  const folder = join(shell.cwd, 'a-letter')
  mkdirSync(folder)
  writeFileSync(join(folder, 'en.md'), letter)
  for (const args of [
    ['import', folder],
    ['open', 'a-letter'],
  ]) {
    const { code, stderr } = await shell.run('statement', ...args)
    assert.equal(code, 0, stderr)
  }
}

/** Starts the site in a shell; resolves when it is ready. */
export async function serve(shell: Shell): Promise<{ address: string; running: Running }> {
  const running = shell.start('serve')
  const [, address = ''] = await running.says(/ready: (http\S+)/)
  return { address, running }
}
