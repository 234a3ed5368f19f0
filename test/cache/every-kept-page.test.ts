// Whatever changes: what is kept is what would be rendered now.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { makeEdition } from '../../src/editions/make-edition.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { changeContact } from '../../src/press/contact.ts'
import { addQuote } from '../../src/press/quote.ts'
import { chooseFirst } from '../../src/signatories/first.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { deliverStatement } from '../../src/statements/deliver.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { pauseSigning, resumeSigning } from '../../src/statements/pause.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { harbour, jose, leyla } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const actor = 'command line'
const site = await openSite()
const { ctx } = site
const slug = await site.publish('naloxone-within-reach', {
  closesAt: { instant: '2026-11-23T12:00:00.000Z', zone: 'UTC' },
})
const at = `/statements/${slug}`
const kept = ['/', '/es', '/statements', at, `/ar${at}`, `${at}/count.json`]
const paths = [...kept, `${at}/signatories`, `${at}/press`, `/ru${at}/press`]

const read = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(site.address + path, { headers })
  return { text: await answer.text(), isKept: answer.headers.get('vary') !== null }
}

/** Asks for each page from memory, and with a cookie, for which nothing is kept. */
async function compare(): Promise<string[]> {
  const texts: string[] = []
  for (const path of paths) {
    const { text, isKept } = await read(path)
    assert.ok(isKept, path)
    const now = await read(path, { cookie: 'of=somebody' })
    assert.ok(!now.isKept, path)
    assert.equal(text, now.text, path)
    texts.push(text)
  }
  return texts
}

async function statement() {
  const found = await findStatement(ctx.db, slug)
  assert.ok(found)
  return found
}

let own = ''
let atFirst: string[] = []
before(async () => void (atFirst = await compare()))

const changes: Record<string, () => Promise<unknown>> = {
  'a name that is public': async () => void (own = await signAndConfirm(site, slug, jose)),
  'an organisation': () => signAndConfirm(site, slug, harbour),
  'who stands first': () => chooseFirst(ctx, slug, [1], '', actor),
  'a name that is withheld': () => signAndConfirm(site, slug, leyla),
  'a corrected name': () =>
    post(site, own, { ...jose, decision: 'save', name: 'José M. Ñandú', revision: '1' }),
  'a withdrawal': () => post(site, own, { decision: 'withdraw' }),
  'a contact for the press': async () => {
    const contact = { name: 'Ana Torres', email: 'press@example.org', phone: '', revision: 0 }
    await changeContact(ctx, await statement(), contact, actor)
  },
  'a quote': async () => {
    const said = { language: 'en', words: 'It cannot wait.', name: 'Ana Torres', role: '' }
    await addQuote(ctx, await statement(), { ...said, evidence: 'by mail' }, actor)
  },
  'the mail is switched off': () => switchOff(ctx, 'mail', actor),
  'the mail is switched on': () => switchOn(ctx, 'mail', false, actor),
  'signing rests': () => pauseSigning(ctx, slug, actor),
  'signing goes on': () => resumeSigning(ctx, slug, false, actor),
  'another day': async () => site.clock.set('2026-11-22T00:00:00.000Z'),
  'an edition': async () =>
    makeEdition(ctx, (await statement()).id, { reason: 'on-demand', actor }),
  'hidden names': () => hideNames(ctx, slug, 'individuals', actor),
  'the deadline': async () => site.clock.set('2026-11-23T12:00:00.000Z'),
  'what is told by country': async () => {
    site.clock.advance({ hours: 25 })
    await site.tidy()
  },
  'closing by hand': () => closeStatement(ctx, slug, actor),
  'the delivery': () => deliverStatement(ctx, slug, actor),
}

for (const [change, make] of Object.entries(changes)) {
  test(`${change}: all pages are as they would be without memory`, async () => {
    await make()
    await compare()
  })
}

test('all pages have changed by then', async () => {
  const atLast = await compare()
  for (const [n, path] of paths.entries()) assert.notEqual(atLast[n], atFirst[n], path)
})
