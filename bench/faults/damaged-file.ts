// Bytes of the database's file have become others: the site does not start, and a backup brings it back.
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Scene } from './scene.ts'

const pageBytes = 4096

export async function damagedFile(scene: Scene): Promise<string[]> {
  const file = join(scene.folder, 'site.db')
  const backup = join(scene.folder, 'backup.db')
  await scene.prepare()
  await scene.inbox.listen(scene.mailPort)
  const site = await scene.start()
  scene.gather()
  await pause(4000)
  await scene.settle()
  const saved = await scene.command('backup', backup)
  await site.stop()

  overwrite(file)
  const served = await scene.command('serve')
  const examined = await scene.command('doctor')
  console.log(`serve: ${served.said.trim()} (exit code ${served.code})`)
  console.log(`doctor: ${/^.*database: .*$/m.exec(examined.said)?.[0]} (${examined.code})`)
  const restored = await scene.command('restore', backup, '--force')
  await scene.start()
  const wrong = await scene.finish()
  const isTold = served.said.startsWith('The database is damaged') && served.code === 1
  return [
    ...wrong,
    ...[saved, restored].filter(({ code }) => code !== 0).map(({ said }) => said),
    ...(isTold ? [] : ['serve did not refuse']),
    ...(examined.code === 1 ? [] : ['doctor found nothing']),
  ]
}

/** Some pages in the middle. */
function overwrite(file: string): void {
  const pages = Math.floor(statSync(file).size / pageBytes)
  const opened = openSync(file, 'r+')
  for (let page = pages >> 1; page < (pages >> 1) + 8; page += 1) {
    writeSync(opened, Buffer.alloc(pageBytes, 0xab), 0, pageBytes, page * pageBytes)
  }
  closeSync(opened)
}
