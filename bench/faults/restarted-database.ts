// PostgreSQL is stopped while people sign, is away for some seconds, and comes back.
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../test/support/until.ts'
import type { Scene } from './scene.ts'

const times = 3
const awayMs = 3000

export async function restartedDatabase(scene: Scene): Promise<string[]> {
  const { postgres } = scene
  if (postgres === null) throw new Error('This is about PostgreSQL')
  await scene.prepare()
  await scene.inbox.listen(scene.mailPort)
  await scene.start()
  scene.gather()
  const seen = new Set<number>()
  const back: number[] = []
  for (let n = 0; n < times; n += 1) {
    await pause(2000)
    await postgres.halt()
    seen.add((await scene.sign()).status)
    await pause(awayMs)
    seen.add((await scene.sign()).status)
    await postgres.resume()
    const from = performance.now()
    await until('forms are taken again', async () => (await scene.sign()).status === 303)
    back.push(Math.round(performance.now() - from))
  }
  console.log(
    `${times} times away for ${awayMs / 1000} s: forms got ${[...seen].join(', ')}; ` +
      `taken again ${back.join(', ')} ms after it was back`,
  )
  const wrong = [...seen].filter((status) => status !== 503)
  return [
    ...(await scene.finish()),
    ...wrong.map((status) => `a form was answered with ${status} while it was away`),
  ]
}
