// The mail server is away, refuses, breaks off, takes mails without saying so, and thinks for long.
import { setTimeout as pause } from 'node:timers/promises'
import { shareOf } from '../watch.ts'
import type { Scene } from './scene.ts'

const phaseMs = 4000
/** longer than many programs wait */
const slowMs = 30_000
const tooLongMs = 2000

export async function badMailServer(scene: Scene): Promise<string[]> {
  const { inbox } = scene
  await scene.prepare()
  await scene.start()
  scene.gather()
  const waits: number[] = []
  const phase = async (name: string, ms = phaseMs) => {
    const before = inbox.mails.length
    waits.push(...(await signFor(scene, ms)))
    console.log(`${name}: ${inbox.mails.length - before} mails came in ${ms / 1000} s`)
    await scene.hurryMails()
  }
  await phase('away')
  await inbox.listen(scene.mailPort)
  inbox.answer = 'temporary'
  await phase('refuses for now')
  Object.assign(inbox, { answer: 'permanent', answerAt: 'sender' })
  await phase('refuses the sender')
  Object.assign(inbox, { answer: 'close', answerAt: 'data' })
  await phase('breaks off in the middle')
  inbox.answer = 'lose'
  await phase('takes mails without saying so')
  Object.assign(inbox, { answer: 'accept', delayMs: slowMs })
  await phase(`thinks for ${slowMs / 1000} s`, 2 * slowMs + 5000)
  inbox.delayMs = 0
  await phase('is well')
  const longest = shareOf(
    waits.sort((a, b) => a - b),
    0.99,
  )
  console.log(`99 of 100 forms were answered within ${longest.toFixed(0)} ms meanwhile`)
  const wrong = await scene.finish()
  return longest > tooLongMs ? [...wrong, 'forms waited for the mail server'] : wrong
}

/** @returns how long each waited for the answer */
async function signFor(scene: Scene, ms: number): Promise<number[]> {
  const waits: number[] = []
  const end = performance.now() + ms
  while (performance.now() < end) {
    const from = performance.now()
    await (await scene.sign()).text()
    waits.push(performance.now() - from)
    await pause(100)
  }
  return waits
}
