// The site is stopped as by systemd, or killed as by a power cut, and started again, several times.
import { setTimeout as pause } from 'node:timers/promises'
import type { Scene } from './scene.ts'

const times = 4
const workMs = 2000

export async function stopped(scene: Scene): Promise<string[]> {
  const { codes, told } = await endBy(scene, 'SIGTERM')
  console.log(`${times} times SIGTERM; it ended with ${codes.join(', ')}`)
  const wrong = codes.filter((code) => code !== 0).map((code) => `it ended with ${code}`)
  const cut = () => told.cut.map((code) => `a request was cut off: ${code}`)
  return [...wrong, ...(await scene.finish()), ...cut()]
}

export async function killed(scene: Scene): Promise<string[]> {
  await endBy(scene, 'SIGKILL')
  console.log(`${times} times SIGKILL`)
  return scene.finish()
}

async function endBy(scene: Scene, signal: NodeJS.Signals) {
  await scene.prepare()
  await scene.inbox.listen(scene.mailPort)
  let site = await scene.start()
  const { told } = scene.gather()
  const codes: (number | null)[] = []
  for (let n = 0; n < times; n += 1) {
    await pause(workMs)
    codes.push(await site.end(signal))
    site = await scene.start()
  }
  return { codes, told }
}
