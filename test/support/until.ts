// Waits for something to become true, instead of for some time to pass.
import { setTimeout as pause } from 'node:timers/promises'

type Question<T> = () => T | null | undefined | false | Promise<T | null | undefined | false>

/** @returns the first answer that is not empty; throws after `within` milliseconds */
export async function until<T>(
  what: string,
  question: Question<T>,
  { within = 5000 } = {},
): Promise<T> {
  const end = performance.now() + within
  for (;;) {
    const answer = await question()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${what}`)
    await pause(20)
  }
}
