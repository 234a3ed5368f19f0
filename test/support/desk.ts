// The people of the desk: let in by the command's use case, signed in through the pages.
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { addCoordinator } from '../../src/coordinators/people.ts'
import { needsSecondFactor, type Role, type TeamRole } from '../../src/coordinators/roles.ts'
import { joinTeam } from '../../src/coordinators/teams.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import type { TestSite } from './site.ts'
import type { Visitor } from './visitor.ts'

export interface DeskPerson {
  id: string
  email: string
  /** their browser, signed in */
  browser: Visitor
  /** what their code app shows now; each works once */
  code: () => string
}

let serial = 0

/** Somebody new with a role, and a link that signs them in. */
export async function addPerson(site: TestSite, role: Role, email?: string) {
  serial += 1
  const address = parseEmailAddress(email ?? `desk${serial}@network.example`)
  assert.ok(address.ok)
  const person = {
    address: address.value,
    name: `Person ${serial}`,
    organisation: '',
    role,
    language: 'en',
  }
  const added = await addCoordinator(site.ctx, person, 'test')
  assert.ok(added)
  return { id: added.id, email: address.value.typed, token: added.token }
}

/** Signs in by link and, where the role needs it, sets up a code app. */
export async function signIn(site: TestSite, role: Role): Promise<DeskPerson> {
  const { id, email, token } = await addPerson(site, role)
  const browser = site.browser()
  await browser.open(`/desk/sign-in/${token}`)
  await browser.press()
  const code = await openCodeApp(site, browser, needsSecondFactor(role))
  return { id, email, browser, code }
}

/** Sets up a code app when `isNeeded`; the clock then goes on, because each code works once. */
async function openCodeApp(site: TestSite, browser: Visitor, isNeeded: boolean) {
  if (!isNeeded) return () => ''
  await browser.open('/desk/second-factor/code')
  const secret = browser.$('code').first().text().replaceAll(' ', '')
  const app = new TOTP({ secret: Secret.fromBase32(secret) })
  const code = () => {
    site.clock.advance({ seconds: 30 })
    return app.generate({ timestamp: site.clock.now().getTime() })
  }
  await browser.fill({ second_factor: code() }).press(/Switch it on/)
  assert.equal(browser.status, 200)
  return code
}

/** Puts somebody into the team of a statement. */
export async function joinAs(site: TestSite, slug: string, id: string, role: TeamRole) {
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  await site.ctx.db.transaction().execute(async (tx) => {
    await joinTeam(tx, site.ctx, { statement, coordinatorId: id, role }, 'test')
  })
}

/** Sends a form with a cookie and nothing else that is not said. */
export async function send(
  site: TestSite,
  path: string,
  cookie: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(site.address + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie, ...headers },
    redirect: 'manual',
  })
}

/** The key that the desk's own pages put into their forms. */
export async function keyOf({ browser }: DeskPerson): Promise<string> {
  await browser.open('/desk/account')
  return String(browser.$('input[name=form_key]').first().val())
}

/** Sends a form as somebody's browser does, without opening its page; follows no redirect. */
export async function postAs(
  site: TestSite,
  person: DeskPerson,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  const form_key = await keyOf(person)
  return send(site, path, person.browser.cookie, { form_key, ...fields })
}
