// undersigned edition make, undersigned verify
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Command } from 'commander'
import { makeEdition } from '../editions/make-edition.ts'
import { claimIn, type Verified, verify } from '../editions/verify.ts'
import { findStatement } from '../statements/find-statement.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

/** The exit code of a file that must not be published any more. */
const replaced = 2

export function editionCommands(): Command[] {
  const edition = new Command('edition').description('edition: make')
  edition
    .command('make')
    .description('freeze the signatory list as it is now, as the next numbered edition')
    .argument('<slug>', 'which statement')
    .action(make)
  const verifying = new Command('verify')
    .description(
      'tell whether a file is a genuine edition, of which one, redacted since or altered',
    )
    .argument('<file>', 'the file in hand')
    .option('--site <url>', 'ask that site instead of the database of this one')
    .addHelpText('after', '\nExit codes: 0 genuine, 1 altered or unknown, 2 genuine but replaced.')
    .action(verifyFile)
  return [edition, verifying]
}

async function make(slug: string): Promise<void> {
  await withContext(async (ctx) => {
    const statement = await findStatement(ctx.db, slug)
    if (!statement) throw new UserFault(`There is no statement "${slug}".`)
    if (statusAt(statement, ctx.clock.now()) === 'draft') {
      throw new UserFault(`"${slug}" is a draft: nobody can have signed it yet.`)
    }
    const how = { reason: 'on-demand', actor: 'command line' } as const
    const edition = await makeEdition(ctx, statement.id, how)
    if (!edition) throw new UserFault(`There is no statement "${slug}".`)
    const { number, counts } = edition
    const href = `${ctx.config.baseUrl}/statements/${slug}/editions/${number}`
    console.log(`Edition ${number} with ${counts.total} endorsements: ${href}`)
  })
}

async function verifyFile(file: string, { site }: { site?: string }): Promise<void> {
  const hash = createHash('sha256')
  let beginning = Buffer.alloc(0)
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(piece)
    if (beginning.length < 4096) beginning = Buffer.concat([beginning, piece])
  }
  const sha256 = hash.digest('hex')
  const claim = claimIn(basename(file), beginning.subarray(0, 4096).toString())
  const verified =
    site === undefined
      ? await withContext((ctx) => verify(ctx, sha256, claim))
      : await askSite(site, sha256, claim)
  tell(verified, sha256)
}

async function askSite(site: string, sha256: string, name: string): Promise<Verified> {
  if (!URL.canParse('/verify.json', site)) throw new UserFault(`"${site}" is not an address.`)
  const address = new URL('/verify.json', site)
  address.search = new URLSearchParams({ sha256, name }).toString()
  const response = await fetch(address).catch(() => null)
  if (response?.ok !== true) throw new UserFault(`${site} gives no answer that could be read.`)
  return (await response.json()) as Verified
}

function tell(verified: Verified, sha256: string): void {
  switch (verified.outcome) {
    case 'genuine': {
      const { slug, number, newest, file, removed, made_at } = verified
      console.log(`Genuine: edition ${number} of "${slug}", made at ${made_at} (${file}).`)
      if (removed > 0) console.log(`${removed} names were taken out since it was first issued.`)
      if (newest > number) console.log(`There is a newer one: edition ${newest}.`)
      return
    }
    case 'superseded': {
      const { slug, number, file, replaced_at } = verified
      console.log(
        `Genuine, but replaced: edition ${number} of "${slug}" as it was first issued (${file}). ` +
          `Names were taken out of it at ${replaced_at}. Please use the file as it is now.`,
      )
      process.exitCode = replaced
      return
    }
    case 'altered': {
      const { slug, number } = verified
      throw new UserFault(
        `Altered: it says that it is edition ${number} of "${slug}", but no such file was ever ` +
          `issued (SHA-256 ${sha256}).`,
      )
    }
    case 'unknown':
      throw new UserFault(`Unknown: no such file was ever issued (SHA-256 ${sha256}).`)
  }
}
