// `npm run demo`: a fictional network on a throw-away database, made through the real use cases,
// only that the clock runs through the last weeks in a few seconds.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { issueLink } from '../confirmations/links.ts'
import { type Config, readConfig } from '../config.ts'
import { type Context, openContext } from '../context.ts'
import { agreedTexts } from '../endorsements/agreed-texts.ts'
import { addCoordinator } from '../coordinators/people.ts'
import { confirm } from '../endorsements/confirm.ts'
import { endorse } from '../endorsements/endorse.ts'
import { readSignOn } from '../endorsements/endorsement-form.ts'
import { discardQueued } from '../mail/queue.ts'
import { deliverStatement } from '../statements/deliver.ts'
import { importStatement } from '../statements/import-statement.ts'
import { readStatementFolder } from '../statements/statement-file.ts'
import { findStatement } from '../statements/find-statement.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { demoEndorsers, type DemoEndorser } from './cast.ts'

const folder = fileURLToPath(new URL('../../demo/statements/', import.meta.url))
const hour = 3_600_000
const day = 24 * hour
const endorsers = 300
const seed = 11

interface Scene {
  slug: string
  opened: number
  closes: number
  zone: string
  /** moves the growth curve into the past */
  shift: number
  cast: DemoEndorser[]
  delivered: number | null
}

export interface Demo {
  config: Config
  ctx: Context
  /** of a link that signs the made-up admin in, once */
  deskToken: string
  /** for another link, by the mailbox */
  adminAddress: string
}

/** @param place the folder for the throw-away database */
export async function prepareDemo(env: NodeJS.ProcessEnv, place: string): Promise<Demo> {
  const config = readConfig({
    HOST: env['HOST'],
    PORT: env['PORT'],
    BASE_URL: env['BASE_URL'],
    DEFAULT_LANGUAGE: env['DEFAULT_LANGUAGE'],
    LIMITS: env['LIMITS'],
    LOG_LEVEL: env['LOG_LEVEL'] ?? 'warn',
    SITE_NAME: env['SITE_NAME'] ?? 'Meridian Sign-ons',
    DATABASE_URL: `sqlite:${join(place, 'demo.db')}`,
    SECRET_KEY: randomBytes(32).toString('base64url'),
  })
  let now: number | null = Date.now()
  const clock = { now: () => new Date(now ?? Date.now()) }
  const ctx = await openContext(config, { clock, isDemo: true })
  const start = Date.now()
  for (const scene of scenes(start)) {
    now = start + scene.opened
    await stage(ctx, scene, start)
    for (const endorser of scene.cast) {
      now = start - endorser.minutesBeforeNow * 60_000 + scene.shift
      await signOn(ctx, scene.slug, endorser)
    }
    if (scene.delivered !== null) {
      now = start + scene.delivered
      await deliverStatement(ctx, scene.slug)
    }
  }
  await discardQueued(ctx.db)
  now = null
  return { config, ctx, ...(await letAdminIn(ctx)) }
}

const admin = 'desk@meridian-network.example'

async function letAdminIn(ctx: Context): Promise<Pick<Demo, 'deskToken' | 'adminAddress'>> {
  const address = parseEmailAddress(admin)
  if (!address.ok) throw new Error(`${admin}: ${address.fault}`)
  const { defaultLanguage: language } = ctx.config
  const person = { address: address.value, name: 'Mira Demo', organisation: 'Meridian Network' }
  const added = await addCoordinator(ctx, { ...person, role: 'admin', language }, 'system')
  if (!added) throw new Error(`${admin} is there already`)
  return { deskToken: added.token, adminAddress: admin }
}

function scenes(start: number): Scene[] {
  const cast = demoEndorsers(endorsers, seed)
  const organisations = cast.filter((endorser) => endorser.type === 'organisation')
  const soon = Math.ceil((start + 5 * hour) / hour) * hour - start
  const inWeeks = Math.ceil((start + 23 * day) / day) * day + 12 * hour - start
  return [
    {
      slug: 'halt-the-executions',
      opened: -11 * day,
      closes: soon,
      // late in the evening "today" is still going on further west
      zone: new Date(start).getUTCHours() < 19 ? 'Europe/London' : 'America/Los_Angeles',
      shift: 0,
      cast,
      delivered: null,
    },
    {
      slug: 'nothing-about-us-without-us',
      opened: -12 * day,
      closes: inWeeks,
      zone: 'Africa/Nairobi',
      shift: 0,
      cast: cast.filter((_, at) => at % 4 === 1),
      delivered: null,
    },
    {
      slug: 'keep-the-drop-in-open',
      opened: -50 * day,
      closes: Math.floor((start - 36 * day) / day) * day + 17 * hour - start,
      zone: 'Europe/Lisbon',
      shift: -37.5 * day,
      cast: organisations.filter((_, at) => at % 3 === 0),
      delivered: -33 * day,
    },
  ]
}

async function stage(ctx: Context, scene: Scene, start: number): Promise<void> {
  const read = await readStatementFolder(join(folder, scene.slug))
  if (!read.ok) throw new Error(`The demo's statement has faults: ${JSON.stringify(read.faults)}`)
  const at = (offset: number) => ({
    instant: new Date(start + offset).toISOString(),
    zone: scene.zone,
  })
  await importStatement(ctx, {
    ...read.statement,
    opensAt: at(scene.opened),
    closesAt: at(scene.closes),
    dated: at(scene.opened).instant.slice(0, 10),
  })
}

/** Fills in the form, and presses the button in the mail. */
async function signOn(ctx: Context, slug: string, endorser: DemoEndorser): Promise<void> {
  const statement = await findStatement(ctx.db, slug)
  if (!statement) throw new Error(`No statement ${slug}`)
  const read = readSignOn(filledIn(endorser), statement)
  if (!read.ok) throw new Error(`${endorser.name}: ${JSON.stringify(read.faults)}`)
  const { language, type } = endorser
  const texts = agreedTexts(type, language)
  const endorsed = await endorse(ctx, statement, read.value, { language, texts })
  if (endorsed.outcome !== 'recorded') throw new Error(`${endorser.name}: ${endorsed.outcome}`)
  const link = { purpose: 'confirm', endorsementId: endorsed.id, mailId: ctx.random.id() } as const
  const token = await issueLink(ctx.db, ctx, link)
  const confirmed = await confirm(ctx, token)
  if (confirmed.outcome !== 'confirmed') throw new Error(`${endorser.name}: ${confirmed.outcome}`)
}

function filledIn(endorser: DemoEndorser): Record<string, string> {
  return {
    type: endorser.type,
    name: endorser.name,
    acronym: endorser.acronym ?? '',
    country: endorser.country,
    email: endorser.email,
    website: endorser.website ?? '',
    organisation_kind: endorser.organisationKind ?? '',
    contact_name: endorser.contactName ?? '',
    contact_role: endorser.contactRole ?? '',
    affiliation: endorser.affiliation ?? '',
    role: endorser.role ?? '',
    visibility: endorser.visibility,
    authorised: 'yes',
    consent: 'yes',
  }
}
