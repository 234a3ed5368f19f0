// What every fault needs: a site at one address, a mail server, people who sign, and a look at the end.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { Inbox } from '../../test/support/inbox.ts'
import { patienceMs } from '../../test/support/until.ts'
import { freePorts } from '../nginx.ts'
import { nextPerson } from '../people.ts'
import type { OwnPostgres } from '../postgres.ts'
import { fillWithNobody, slug, type Store } from '../prepare.ts'
import { type Running, type Settings, startSite, withoutLimits } from '../start.ts'
import { type Crowd, openCrowd } from './crowd.ts'
import { verdict } from './verdict.ts'

export interface Scene {
  /** for what belongs to this fault */
  folder: string
  store: Store
  postgres: OwnPostgres | null
  inbox: Inbox
  mailPort: number
  /** of the statement */
  page: string
  /** Makes the database, and opens the mail server. */
  prepare(url?: string): Promise<void>
  /** @param more settings for this fault */
  start(more?: Settings): Promise<Running>
  /** People come from now on. */
  gather(): Crowd
  /** One person signs. */
  sign(person?: Record<string, string>): Promise<Response>
  command(...args: string[]): Promise<{ code: number | null; said: string }>
  /** Mails that wait for another try are tried now. */
  hurryMails(): Promise<void>
  /** Nobody new comes; all mails are sent and read. */
  settle(): Promise<void>
  /** Settles, and compares; @returns what is wrong */
  finish(): Promise<string[]>
  close(): Promise<void>
}

const perSecond = 30
const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

export async function openScene(folder: string, postgres: OwnPostgres | null): Promise<Scene> {
  const [port = 0, mailPort = 0] = await freePorts(2)
  const store = { url: '', secretKey: randomBytes(32).toString('hex') }
  const origin = `http://127.0.0.1:${port}`
  const page = `${origin}/statements/${slug}`
  const inbox = new Inbox()
  let crowd: Crowd | null = null
  let site: Running | null = null

  const settings = () => ({
    ...withoutLimits,
    DATABASE_URL: store.url,
    SECRET_KEY: store.secretKey,
    BASE_URL: origin,
    PORT: String(port),
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    LOG_LEVEL: 'error',
  })

  async function onDatabase<T>(use: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>) {
    const db = await openDatabase(readConfig({ DATABASE_URL: store.url }).database)
    try {
      return await use(db)
    } finally {
      await db.destroy()
    }
  }

  const hurryMails = () =>
    onDatabase(async (db) => {
      const due_at = new Date().toISOString()
      const later = db.updateTable('outbox').set({ due_at }).where('due_at', '>', due_at)
      await later.where('state', '=', 'queued').execute()
    })

  const isEmpty = () =>
    onDatabase(async (db) => (await db.selectFrom('outbox').select('id').execute()).length === 0)

  async function command(...args: string[]) {
    const env = { PATH: process.env['PATH'] ?? '', ...settings() }
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: 'pipe' })
    const ended = once(child, 'close') as Promise<[number | null]>
    const said = await Promise.all([text(child.stdout), text(child.stderr)])
    const [code] = await ended
    return { code, said: said.join('') }
  }

  async function findDamage(): Promise<string[]> {
    const { said } = await command('doctor')
    const line = /^.*\bdatabase: .*$/m.exec(said)?.[0] ?? said
    console.log(`doctor: ${line}`)
    return line.startsWith('ok') ? [] : [line]
  }

  async function settle(): Promise<void> {
    crowd?.comeNoMore()
    // a long queue takes its time: as long as mails come
    for (let seen = -1; seen !== inbox.mails.length;) {
      seen = inbox.mails.length
      if (await isOverSoon()) return
    }
    throw new Error('Mails wait that are not sent, or not read')
  }

  async function isOverSoon(): Promise<boolean> {
    const end = performance.now() + patienceMs
    while (performance.now() < end) {
      await hurryMails()
      if (await isOver()) return true
    }
    return false
  }

  async function finish(): Promise<string[]> {
    await settle()
    if (crowd === null) throw new Error('Nobody came')
    const wrong = await verdict(store, crowd.told, inbox.mails, [origin])
    return [...wrong, ...(await findDamage())]
  }

  const isOver = async () => {
    await pause(200)
    return crowd?.isDone() === true && (await isEmpty()) && crowd.isDone()
  }

  return {
    folder,
    store,
    postgres,
    inbox,
    mailPort,
    page,
    async prepare(url) {
      store.url = url ?? (await postgres?.createDatabase()) ?? `sqlite:${join(folder, 'site.db')}`
      await fillWithNobody(store)
    },
    start: async (more = {}) => (site = await startSite(folder, { ...settings(), ...more })),
    gather: () => (crowd = openCrowd(`${page}/endorse`, inbox, perSecond)),
    sign: (person = nextPerson()) =>
      fetch(`${page}/endorse`, {
        method: 'POST',
        body: new URLSearchParams(person),
        headers: { Accept: 'text/html' },
        redirect: 'manual',
      }),
    command,
    hurryMails,
    settle,
    finish,
    async close() {
      crowd?.stop()
      await site?.stop()
      await inbox.close().catch(() => undefined)
    },
  }
}
