import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinAs, keyOf, send, signIn } from '../support/desk.ts'
import { openSite } from '../support/site.ts'

const nasty = [
  'A\u0000B',
  'A\r\nBcc: x@y.example',
  'https://evil.example',
  'a\u202Eb',
  '{field} {n, plural,',
  'x'.repeat(5000),
  `"><script>alert(1)</script><img src=x onerror=alert(1)>`,
]

test('no form of the desk breaks on what is typed, and no page shows it as more than text', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const person = await signIn(site, 'admin')
  await joinAs(site, slug, person.id, 'coordinator')
  const form_key = await keyOf(person)
  const at = `/desk/statements/${slug}`
  const forms: [path: string, field: string, more?: Record<string, string>][] = [
    ['/desk/people', 'name', { email: 'a@network.example', role: 'viewer' }],
    ['/desk/people', 'organisation', { email: 'a@network.example', role: 'viewer' }],
    ['/desk/people', 'email', { name: 'Ada', role: 'viewer' }],
    [`${at}/team/people`, 'name', { email: 'b@network.example', role: 'viewer' }],
    [`${at}/team`, 'person', { role: 'viewer' }],
    [`${at}/team`, 'remove'],
    [`${at}/review/undo`, 'review'],
    [`${at}/preview`, 'end'],
    ['/desk/account/sessions', 'end'],
    ['/desk/directory', 'remove'],
    [`${at}/invitations`, 'name', { email: 'c@union.example', language: 'en' }],
    [`${at}/invitations`, 'contact_name', { name: 'Union', email: 'c@union.example' }],
    [`${at}/invitations`, 'rows', { language: 'en' }],
    [`${at}/texts/en/publish`, 'reason'],
    [`${at}/invalidations`, 'text', { reason: 'Why not' }],
    [`${at}/invalidations`, 'reason', { domain: 'flood.example' }],
    [`${at}/imports/by-hand`, 'name', { type: 'organisation', country: 'KE' }],
    ['/desk/account/passkeys', 'name'],
    ['/desk/statements/new', 'title', { body: 'A text.', language: 'en', kind: 'declaration' }],
  ]
  for (const path of [`${at}/imports/%00`, `${at}%00`, `${at}/updates/%00`, '/desk/preview/%00']) {
    await person.browser.open(path)
    assert.equal(person.browser.status, 404, path)
  }
  for (const [path, field, more = {}] of forms) {
    for (const typed of nasty) {
      const sent = { form_key, ...more, [field]: typed }
      const response = await send(site, path, person.browser.cookie, sent)
      const told = `${path} ${field} ${JSON.stringify(typed.slice(0, 30))}`
      assert.ok(response.status < 500, `${told}: ${response.status}`)
      assert.doesNotMatch(await response.text(), /<script>alert|<img src=x/, told)
    }
  }
  for (const path of ['/desk', '/desk/people', '/desk/activity', `${at}/team`, at]) {
    await person.browser.open(path)
    assert.equal(person.browser.status, 200, path)
    assert.doesNotMatch(person.browser.html, /<script>alert|<img src=x/, path)
  }
  const log = await site.ctx.db.selectFrom('audit_log').select('detail').execute()
  assert.doesNotMatch(JSON.stringify(log), /evil|Bcc|alert/)
})
