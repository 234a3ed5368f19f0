import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { openShell } from '../support/command.ts'
import { joinAs, postAs, signIn } from '../support/desk.ts'
import { harbour, jose, leyla, somebody } from '../support/people.ts'
import { post, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, testSecret, type TestSite } from '../support/site.ts'

type Row = Record<string, string>

async function campaign(site: TestSite): Promise<string> {
  const slug = await site.publish()
  await signAndConfirm(site, slug, { ...harbour, name: '=HYPERLINK("x")' })
  await signAndConfirm(site, slug, somebody({ name: 'Nobody Told', visibility: 'confidential' }))
  site.clock.advance({ minutes: 1 })
  await signAndConfirm(site, slug, leyla)
  site.clock.advance({ minutes: 1 })
  await signAndGetLink(site, slug, somebody({ name: 'Not Yet', visibility: 'confidential' }))
  const own = await signAndConfirm(site, slug, jose)
  await post(site, own, { decision: 'withdraw' })
  return slug
}

function assertInternal(rows: Row[]): void {
  assert.deepEqual(
    rows.map(({ state, visibility }) => `${state} ${visibility}`),
    [
      'confirmed listed',
      'confirmed withheld',
      'withdrawn listed',
      // last, in no order
      ...rows.slice(3).map(({ state }) => `${state} confidential`),
    ],
  )
  const [organisation, withheld, withdrawn, ...confidential] = rows
  assert.deepEqual(
    confidential.map(({ state }) => state ?? '').toSorted((a, b) => (a < b ? -1 : 1)),
    ['confirmed', 'pending'],
  )
  assert.equal(organisation?.['email'], 'amina@hhra.example')
  assert.equal(organisation?.['contact_name'], 'Amina Okoro-Contact')
  assert.equal(withheld?.['name'], 'Leyla Withheld-Name')
  for (const row of confidential) {
    const told = Object.entries(row).filter(([, value]) => (value ?? '') !== '')
    assert.deepEqual(Object.fromEntries(told), {
      type: 'individual',
      state: row['state'],
      visibility: 'confidential',
    })
  }
  assert.deepEqual([withdrawn?.['name'], withdrawn?.['email'] ?? ''], [jose['name'], ''])
}

const parsed = (csv: string) => parse(csv, { columns: true, bom: true }) as Row[]

describe('the internal list', () => {
  test('is handed to a coordinator with a fresh second factor, and that is written down', async () => {
    const site = await openSite()
    const slug = await campaign(site)
    const person = await signIn(site, 'coordinator')
    await joinAs(site, slug, person.id, 'coordinator')
    const path = `/desk/statements/${slug}/export`
    site.clock.advance({ minutes: 11 })
    const asked = await postAs(site, person, path, { format: 'csv' })
    assert.equal(asked.status, 403)
    assert.doesNotMatch(await asked.text(), /Leyla/)
    const second_factor = person.code()
    const handed = await postAs(site, person, path, { format: 'csv', second_factor })
    assert.equal(handed.status, 200)
    assert.match(handed.headers.get('content-disposition') ?? '', /attachment; .*-internal\.csv/)
    assert.equal(handed.headers.get('cache-control'), 'no-store')
    const csv = await handed.text()
    assertInternal(parsed(csv))
    assert.match(csv, /"'=HYPERLINK/)
    const json = await postAs(site, person, path, { format: 'json' })
    const { endorsements } = (await json.json()) as { endorsements: Row[] }
    assertInternal(endorsements)
    const log = await site.ctx.db
      .selectFrom('audit_log')
      .select(['actor', 'subject', 'detail'])
      .where('action', '=', 'list exported')
      .execute()
    assert.deepEqual(log, [
      { actor: person.id, subject: slug, detail: '{"format":"csv","internal":true}' },
      { actor: person.id, subject: slug, detail: '{"format":"json","internal":true}' },
    ])
  })

  test('is not for translators and viewers', async () => {
    const site = await openSite()
    const slug = await site.publish()
    for (const role of ['translator', 'viewer'] as const) {
      const person = await signIn(site, role)
      await joinAs(site, slug, person.id, role)
      const answer = await postAs(site, person, `/desk/statements/${slug}/export`, {})
      assert.equal(answer.status, 403, role)
    }
  })

  test('is written by the command, too', async () => {
    const site = await openSite()
    const slug = await campaign(site)
    const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
    const shown = await shell.run('endorsements', 'export', slug, '--internal')
    assert.deepEqual([shown.code, shown.stderr], [0, ''])
    assertInternal(parsed(shown.stdout))
  })
})
