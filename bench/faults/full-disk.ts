// The disk of the database is full for a while: a small one that is filled with a file, and made free again.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../test/support/until.ts'
import type { Scene } from './scene.ts'

const megabytes = 48

export async function fullDisk(scene: Scene): Promise<string[] | { missing: string }> {
  const disk = join(scene.folder, 'disk')
  mkdirSync(disk)
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk]
  const mounted = spawnSync('mount', options, { encoding: 'utf8' })
  if (mounted.status !== 0) {
    return { missing: `no disk can be mounted here (${mounted.stderr.trim() || 'only root may'})` }
  }
  try {
    await scene.prepare(`sqlite:${join(disk, 'site.db')}`)
    return await fill(scene, join(disk, 'ballast'))
  } finally {
    // the site that runs on it is stopped first
    await scene.close()
    spawnSync('umount', [disk])
  }
}

async function fill(scene: Scene, ballast: string): Promise<string[]> {
  await scene.inbox.listen(scene.mailPort)
  const site = await scene.start()
  const { told } = scene.gather()
  await pause(3000)
  fillUp(ballast)
  const refused = await until('a form is refused', () => refusal(scene))
  const page = await refused.text()
  const before = told.signed.size
  const read = await fetch(scene.page)
  await read.text()
  await pause(4000)
  fillUp(ballast)
  const meanwhile = told.signed.size - before
  const ready = await fetch(new URL('/readyz', scene.page))
  rmSync(ballast)
  const from = performance.now()
  await until('forms are taken again', async () => (await scene.sign()).status === 303)
  const ms = Math.round(performance.now() - from)
  await pause(2000)
  console.log(
    `a full disk: forms got 503 (Retry-After ${refused.headers.get('retry-after')} s), the page ` +
      `${read.status}, /readyz ${ready.status}: ${(await ready.text()).trim().split('\n').join('; ')}; ` +
      `${meanwhile} signed meanwhile; with room again after ${ms} ms, by itself`,
  )
  const wrong = await scene.finish()
  await site.stop()
  return [
    ...wrong,
    ...(read.status === 200 ? [] : [`the page answered ${read.status}`]),
    ...(page.includes('type="hidden"') ? [] : ['what was typed is not on the page']),
    ...(ready.status === 503 ? [] : ['/readyz says that all is well']),
  ]
}

function fillUp(file: string): void {
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes))
    } catch {
      // no more of this size
    }
  }
}

async function refusal(scene: Scene): Promise<Response | null> {
  const answer = await scene.sign()
  if (answer.status === 503) return answer
  await answer.text()
  return null
}
