// The form: choose, fill in, check, go back, be told what is wrong (product.md §4, P-5, P-6).
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { load } from 'cheerio'
import { translator } from '../../src/languages/languages.ts'
import { rowsByTable } from '../support/dump.ts'
import { harbour, jose } from '../support/people.ts'
import { type Answers, listed, post, sign, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import type { Visitor } from '../support/visitor.ts'

const t = translator('en')
const ticks = new Set(['authorised', 'consent', 'updates'])
const form = '/statements/naloxone-within-reach/endorse'

async function fillIn(visitor: Visitor, answers: Answers): Promise<Visitor> {
  const entries = Object.entries(answers).filter(([name]) => name !== 'type')
  visitor.fill(Object.fromEntries(entries.filter(([name]) => !ticks.has(name))))
  return visitor.tick(...entries.map(([name]) => name).filter((name) => ticks.has(name)))
}

/** What the fields of the page hold, as the names and values of the answers. */
function held(visitor: Visitor): Answers {
  const { $ } = visitor
  const controls = $('form.endorse-form').find('input, select').toArray()
  const entries = controls.flatMap((element): [string, string][] => {
    const control = $(element)
    const isChoice = control.is('[type=radio], [type=checkbox]')
    const value = control.is('select')
      ? (control.find('option[selected]').attr('value') ?? '')
      : (control.attr('value') ?? '')
    const isSilent = value === '' || (isChoice && control.attr('checked') === undefined)
    return isSilent ? [] : [[control.attr('name') ?? '', value]]
  })
  return Object.fromEntries(entries)
}

test('who endorses is chosen first, and then only the fields that apply are asked for', async () => {
  const site = await openSite()
  await site.publish()
  const visitor = await site.visitor().open(form)
  assert.match(visitor.title, new RegExp(t('endorse.choose').replace('?', '\\?')))
  assert.equal(visitor.$('main form').length, 0)
  await visitor.follow(/as=organisation$/)
  assert.deepEqual(
    ['acronym', 'website', 'contact_name', 'authorised', 'affiliation', 'role'].map(
      (id) => visitor.$(`#${id}`).length,
    ),
    [1, 1, 1, 1, 0, 0],
  )
  await visitor.open(`${form}?as=individual`)
  assert.deepEqual(
    ['acronym', 'website', 'contact_name', 'authorised', 'affiliation', 'role'].map(
      (id) => visitor.$(`#${id}`).length,
    ),
    [0, 0, 0, 0, 1, 1],
  )
  await visitor.open(`${form}?as=robot`)
  assert.equal(visitor.$('main form').length, 0)
})

test('nothing is ticked beforehand, and the name is shown only as the statement sets it', async () => {
  const site = await openSite()
  await site.publish()
  await site.publish('community-monitoring-submission')
  for (const [path, visibility] of [
    [`${form}?as=organisation`, 'listed'],
    [`${form}?as=individual`, 'withheld'],
    ['/statements/community-monitoring-submission/endorse', 'listed'],
  ]) {
    const visitor = await site.visitor().open(path ?? '')
    assert.equal(visitor.$('[type=checkbox][checked]').length, 0, path)
    assert.equal(visitor.$('[name=visibility][checked]').attr('value'), visibility, path)
    assert.equal(visitor.$('[name=visibility][value=confidential]').length, 1, path)
  }
})

for (const answers of [harbour, { ...jose, visibility: 'withheld', updates: 'yes' }]) {
  const type = answers['type'] ?? ''
  test(`the answers of an ${type} are checked, changed with nothing lost, and sent`, async () => {
    const site = await openSite()
    const slug = await site.publish()
    const visitor = await site.visitor('en').open(`${form}?as=${type}`)
    await (await fillIn(visitor, answers)).press()
    assert.equal(visitor.status, 200)
    assert.match(visitor.title, new RegExp(t('check.heading')))
    const carried = visitor.$('main form [type=hidden]').toArray()
    const values = carried.map((input) => [visitor.$(input).attr('name'), visitor.$(input).val()])
    assert.deepEqual(Object.fromEntries(values), { ...answers, checked: 'yes' })
    assert.deepEqual((await rowsByTable(site))['endorsements'], [], 'nothing is recorded yet')

    await visitor.press('change=yes')
    assert.equal(visitor.status, 200)
    assert.deepEqual(held(visitor), answers)
    await visitor.fill({ name: 'Changed Name' }).press()
    assert.match(visitor.text('main'), /Changed Name/)
    await visitor.press(t('check.send'))
    assert.equal(visitor.redirects[0]?.status, 303)
    assert.equal(new URL(visitor.url).pathname, `/statements/${slug}/check-your-inbox`)
    await site.deliverMail()
    assert.match((await site.inbox.waitFor(answers['email'] ?? '')).text, /Changed Name/)
  })
}

const faults: [field: string, answers: Answers][] = [
  ['type', { type: '' }],
  ['type', { type: 'robot' }],
  ['name', { name: '' }],
  ['country', { country: '' }],
  ['country', { country: 'XX' }],
  ['country', { country: 'undisclosed' }],
  ['email', { email: '' }],
  ['email', { email: 'not an address' }],
  ['email', { email: `${'a'.repeat(250)}@x.example` }],
  ['contact_name', { contact_name: ' ' }],
  ['contact_role', { contact_role: 'line\nbreak' }],
  ['acronym', { acronym: 'www.spam.example' }],
  ['website', { website: 'javascript:alert(1)' }],
  ['website', { website: 'https://user:secret@x.example' }],
  ['organisation_kind', { organisation_kind: 'empire' }],
  ['visibility', { visibility: 'everything' }],
  ['authorised', { authorised: '' }],
  ['consent', { consent: '' }],
]

test('every fault is told where it is, and nothing that was typed is lost', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const [field, wrong] of faults) {
    const answers = { ...harbour, ...wrong }
    const response = await sign(site, slug, answers)
    const what = `${field}: ${JSON.stringify(wrong)}`
    assert.equal(response.status, 422, what)
    const visitor = site.visitor()
    visitor.$ = load(await response.text())
    assert.match(visitor.title, /^Error: /, what)
    const links = visitor.$('.faults a').toArray()
    assert.deepEqual(
      links.map((link) => visitor.$(link).attr('href')),
      [`#${field}`],
      what,
    )
    if (field !== 'type') assert.equal(visitor.$(`[id=${field}]`).length, 1, what)
    const kept = Object.entries({ ...harbour, type: '' }).filter(([name]) => !(name in wrong))
    const now = held(visitor)
    for (const [name, value] of kept) if (name !== 'type') assert.equal(now[name], value, what)
  }
  const { endorsements, outbox } = await rowsByTable(site)
  assert.deepEqual([endorsements, outbox], [[], []])
})

test('all faults are told at once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const visitor = await site.visitor().open(`${form}?as=organisation`)
  await visitor.press()
  assert.equal(visitor.status, 422)
  assert.equal(visitor.$('.faults li').length, 6)
  assert.equal((await sign(site, slug, {})).status, 422)
})

test('fields that do not apply are not recorded', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const meddled = { ...harbour, ...jose, acronym: 'XX', website: 'https://x.example' }
  const own = await signAndConfirm(site, slug, meddled)
  const data = (await (await fetch(`${site.address}${own}/data.json`)).json()) as Answers
  assert.deepEqual([data['acronym'], data['website'], data['contact_name']], [null, null, null])
})

test('who may sign is a setting of the statement, for the form and for what is sent', async () => {
  const site = await openSite()
  const only = await site.publish('community-monitoring-submission')
  const visitor = await site.visitor().open(`/statements/${only}/endorse?as=individual`)
  assert.equal(visitor.$('input[name=type]').attr('value'), 'organisation')
  const refused = await sign(site, only, jose)
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), new RegExp(t('fault.type.closed')))
  assert.deepEqual((await rowsByTable(site))['endorsements'], [])
})

test('who says nothing about being shown appears as the statement sets it', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const { visibility: _, ...silent } = jose
  await signAndConfirm(site, slug, silent)
  assert.deepEqual(await listed(site, slug), [])
})

test('a slip in the address is pointed out as a question, not refused', async () => {
  const site = await openSite()
  await site.publish()
  const check = await post(site, form, { ...jose, email: 'jose@gmial.com' })
  assert.equal(check.status, 200)
  assert.match(await check.text(), /jose@gmail\.com/)
  const right = await post(site, form, jose)
  assert.doesNotMatch(await right.text(), /class="notice warning"/)
})

test('what was agreed to is kept word by word, in the language it was read in', async () => {
  const site = await openSite()
  const slug = await site.publish()
  site.clock.set('2026-11-22T10:20:30.456Z')
  await sign(site, slug, { ...harbour, updates: 'yes' }, 'ru')
  await sign(site, slug, jose)
  const {
    consents = [],
    agreed_texts: texts = [],
    text_versions: versions = [],
  } = await rowsByTable(site)
  const [russian, english] = ['ru', 'en'].map((code) =>
    consents.find((row) => row['language'] === code),
  )
  assert.equal(russian?.['given_at'], '2026-11-22T10:20:00.000Z')
  const read = (hash: unknown) => String(texts.find((row) => row['hash'] === hash)?.['content'])
  assert.equal(read(russian?.['notice_hash']), translator('ru')('consent.notice'))
  assert.ok(read(russian?.['labels_hash']).includes(translator('ru')('consent.authorised')))
  assert.ok(!read(english?.['labels_hash']).includes(t('consent.authorised')), 'not for a person')
  for (const { hash, content } of texts) {
    assert.equal(createHash('sha256').update(String(content)).digest('hex'), hash)
  }
  const text = versions.find((row) => row['hash'] === russian?.['text_hash'])
  assert.equal(text?.['language'], 'ru')
  assert.deepEqual([russian?.['updates'], english?.['updates']], [1, 0])
  assert.deepEqual([russian?.['authorised'], english?.['authorised']], [1, 0])
})
