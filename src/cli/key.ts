// undersigned key rotate
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { openDatabase } from '../db/open.ts'
import { hasNewKey, NewKeyFault, newKeyFrom } from '../privacy/new-key-file.ts'
import { checkKey, KeyDoesNotFit } from '../privacy/open-vault.ts'
import { Damaged } from '../privacy/reseal.ts'
import { rotateKey, RotationStopped } from '../privacy/rotate-key.ts'
import { findSecretKey, keyFile } from '../privacy/secret-key.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

export function keyCommands(): Command {
  const key = new Command('key').description('key: rotate')
  key
    .command('rotate')
    .description('change to a new secret key while the site runs; run it again if interrupted')
    .requiredOption(
      '--new-key-file <file>',
      'holds the new key; made with a fresh one when missing',
    )
    .action(rotate)
  return key
}

async function rotate({ newKeyFile: file }: { newKeyFile: string }): Promise<void> {
  const config = readConfig(process.env)
  try {
    await withContext((ctx) => rotateTo(ctx, file))
  } catch (fault) {
    if (fault instanceof KeyDoesNotFit && existsSync(file)) {
      if (await fits(config, newKeyFrom(file).secret)) throw alreadyDone(config, file)
    }
    const isTold =
      fault instanceof RotationStopped || fault instanceof Damaged || fault instanceof NewKeyFault
    throw isTold ? new UserFault(fault.message) : fault
  }
}

async function rotateTo(ctx: Context, file: string): Promise<void> {
  const oldSecret = findSecretKey(ctx.config.secretKey)
  const { secret: newSecret, isNew } = newKeyFrom(file)
  if (oldSecret === newSecret) throw alreadyDone(ctx.config, file)
  if (isNew) console.log(`Made a new key in ${file}. Keep a copy of it in a second place.`)
  console.log('Telling the running site about the new key; this takes some 20 seconds …')
  const isNewSecretSafe = () => hasNewKey(file, newSecret)
  const rows = await rotateKey(ctx, { oldSecret, newSecret, isNewSecretSafe, progress: tell() })
  console.log(`Done: ${rows} rows are sealed with the new key, and the old one is dropped.`)
  console.log(whatNext(ctx.config, file))
}

async function fits(config: Config, secret: string): Promise<boolean> {
  const db = await openDatabase(config.database)
  try {
    return (await checkKey(db, secret)) === 'fits'
  } catch {
    return false
  } finally {
    await db.destroy()
  }
}

function alreadyDone(config: Config, file: string): UserFault {
  return new UserFault(`The key in ${file} is the one in use already. ${whatNext(config, file)}`)
}

function whatNext(config: Config, file: string): string {
  const where =
    config.secretKey === null
      ? `put ${file} in the place of ${keyFile}`
      : `put the key from ${file} into SECRET_KEY, or its file into SECRET_KEY_FILE`
  return (
    `Now ${where}: the next start and every command need the new key. ` +
    'A site that is running goes on as it is. Old backups still need the old key.'
  )
}

/** One line a second at most. */
function tell() {
  let last = 0
  return (table: string, done: number, total: number) => {
    const now = performance.now()
    if (now - last < 1000) return
    last = now
    console.log(`  ${table}: ${done} of ${Math.max(done, total)} sealed again`)
  }
}
