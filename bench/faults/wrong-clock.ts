// The clock of the site jumps while people sign: an hour back, two days ahead, and is set right again.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../test/support/until.ts'
import { nextPerson } from '../people.ts'
import type { Scene } from './scene.ts'
import { type Watchers, watchCounts } from './watch-counts.ts'

const library = '/usr/lib/*/faketime/libfaketimeMT.so.1'
const hours = 3600
/** by the right clock, in seconds */
const jumps = { 'an hour back': -1 * hours, 'two days ahead': 48 * hours, right: 0 }
const phaseMs = 5000
/** what runs by itself does so every minute */
const tidyMs = 65_000
/** until the library looks again what time it is */
const noticedMs = 1500
const watchers = 5

export async function wrongClock(scene: Scene): Promise<string[] | { missing: string }> {
  const [faketime] = globSync(library)
  if (faketime === undefined) return { missing: 'no libfaketime (Debian: apt install faketime)' }
  const file = join(scene.folder, 'offset')
  const jump = async (seconds: number) => {
    writeFileSync(file, `${seconds >= 0 ? '+' : ''}${seconds}`)
    await pause(noticedMs)
  }
  writeFileSync(file, '+0')
  await scene.prepare()
  await scene.inbox.listen(scene.mailPort)
  await scene.start({
    LD_PRELOAD: faketime,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    // steps of the clock leave alone what timers go by, and the dates of files
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  })
  return goThrough(scene, jump)
}

async function goThrough(scene: Scene, jump: (seconds: number) => Promise<void>) {
  const { told, unread } = scene.gather()
  const live = watchCounts(`${scene.page}/live`, watchers)
  const patient = await linkFor(scene, unread)
  let link = await linkFor(scene, unread)
  const wrong: string[] = []
  await pause(phaseMs)
  for (const [name, seconds] of Object.entries(jumps)) {
    const before = told.confirmed.size
    await jump(seconds)
    const status = await confirm(link)
    link = await linkFor(scene, unread)
    await pause(seconds > 0 ? tidyMs : phaseMs)
    const n = told.confirmed.size - before
    const faults = [
      ...(status === 303 ? [] : [`a link from before was answered with ${status}`]),
      ...(n > 0 ? [] : ['nobody got a mail']),
      ...(await faultsOf(scene, live)),
    ]
    console.log(`${name}: ${n} got a mail and confirmed meanwhile`)
    wrong.push(...faults.map((fault) => `${name}: ${fault}`))
  }
  live.stop()
  return [...wrong, ...(await faultsAfterJump(scene, patient)), ...(await scene.finish())]
}

interface Link {
  url: string
  mailbox: string
}

/** Of somebody who has just signed. */
async function linkFor(scene: Scene, unread: Set<string>): Promise<Link> {
  const person = nextPerson()
  const mailbox = person['email'] ?? ''
  unread.add(mailbox)
  await scene.sign(person)
  const { text } = await scene.inbox.waitFor(mailbox)
  return { url: /https?:\/\/\S+\/confirm\/[\w-]+/.exec(text)?.[0] ?? '', mailbox }
}

async function confirm({ url }: Link): Promise<number> {
  const body = new URLSearchParams({ decision: 'confirm' })
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' })
  await answer.text()
  return answer.status
}

async function faultsOf({ page }: Scene, live: Watchers): Promise<string[]> {
  const read = async (path: string) => (await fetch(new URL(path, page))).text()
  const { total } = JSON.parse(await read(`${page}/count.json`)) as { total: number }
  const isTold = await until('live counts', () => live.totals().every((each) => each >= total))
    .then(() => true)
    .catch(() => false)
  const ages = (await read('/metrics')).match(/^undersigned_outbox_\S+_seconds.*$/gm) ?? []
  return [
    ...(isTold ? [] : [`live counts stand still at ${live.totals().join()} instead of ${total}`]),
    ...(ages.length > 0 ? [] : ['nobody tells the age of mails']),
    ...ages.filter((line) => / -/.test(line)).map((line) => `an age is negative: ${line}`),
  ]
}

/** Two days are longer than until the reminder. */
async function faultsAfterJump({ folder, inbox }: Scene, patient: Link): Promise<string[]> {
  const logs = globSync(join(folder, '*.log')).map((file) => readFileSync(file, 'utf8'))
  const mails = inbox.matching(patient.mailbox).length
  const status = await confirm(patient)
  return [
    ...(logs.join('').includes('the clock has jumped ahead') ? [] : ['no jump was noticed']),
    ...(mails === 1 ? [] : [`who had not confirmed yet got ${mails} mails`]),
    ...(status === 303 ? [] : [`who had not confirmed yet was answered with ${status}`]),
  ]
}
