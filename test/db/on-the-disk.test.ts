// better-sqlite3 goes back to synchronous=NORMAL with WAL, and what was answered could be lost with the
// power: asked of the program's own connections, at the moment they store something.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { isPostgres } from '../support/databases.ts'
import type { NotedCommit } from '../support/note-commits.ts'
import { somebody } from '../support/people.ts'
import { openServed, type Served } from '../support/served.ts'

const folder = mkdtempSync(join(tmpdir(), 'undersigned-noted-'))
after(() => rmSync(folder, { recursive: true }))
const notes = join(folder, 'commits')
const loaded = new URL('../support/note-commits.ts', import.meta.url)

async function post(url: string, fields: Record<string, string>): Promise<number> {
  const body = new URLSearchParams(fields)
  return (await fetch(url, { method: 'POST', body, redirect: 'manual' })).status
}

/** Somebody signs and confirms, while the mail worker is a process of its own. */
async function signAndConfirm({ shell, inbox }: Served) {
  const serving = shell.start('serve', '--without-mail')
  const delivering = shell.start('deliver-mail')
  const [, address = ''] = await serving.says(/ready: (http\S+)/)
  const form = somebody({ checked: 'yes' })
  assert.equal(await post(`${address}/statements/a-letter/endorse`, form), 303)
  const { text } = await inbox.waitFor(form['email'] ?? '')
  const path = /\/confirm\/[\w-]+/.exec(text)?.[0]
  assert.equal(await post(`${address}${path}`, { decision: 'confirm' }), 303)
  await Promise.all([serving.stop(), delivering.stop()])
}

if (!isPostgres) {
  test('SQLite has on the disk what commands, site and mail worker have stored', async () => {
    const env = { NODE_OPTIONS: `--import=${loaded.href}`, NOTED_COMMITS: notes }
    await signAndConfirm(await openServed(env))
    const commits = readFileSync(notes, 'utf8').trim().split('\n')
    const noted = commits.map((line) => JSON.parse(line) as NotedCommit)
    for (const command of ['statement', 'serve', 'deliver-mail']) {
      const own = noted.filter((each) => each.command === command)
      const ways = new Set(own.map(({ way }) => way))
      assert.deepEqual([...ways], ['2 wal'], command)
    }
  })
}
