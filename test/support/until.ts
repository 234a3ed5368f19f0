// Waits for something to become true, instead of for some time to pass.
import { setTimeout as pause } from 'node:timers/promises'

type Question<T> = () => T | null | undefined | false | Promise<T | null | undefined | false>

/** Long enough for a machine that is busy with other things; a test that passes never waits for it. */
export const patienceMs = 60_000

/** @returns the first answer that is not empty; throws when patience ends */
export async function until<T>(what: string, question: Question<T>): Promise<T> {
  const end = performance.now() + patienceMs
  for (;;) {
    const answer = await question()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`Not within ${patienceMs} ms: ${what}`)
    await pause(20)
  }
}
