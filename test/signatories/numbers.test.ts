// Entries are numbered as they come on the list; the numbers tell nothing of those who are hidden.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someOrganisation, somebody } from '../support/people.ts'
import { type Answers, listed, post, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const hidden = ['withheld', 'confidential']

async function numbersOf(site: TestSite, slug: string): Promise<number[]> {
  return (await listed(site, slug)).map((row) => Number(row['number'])).toSorted((a, b) => a - b)
}

/** Three on the list, and before and between them some who are not. */
async function mixedSite() {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  for (const who of [somebody, someOrganisation, somebody]) {
    for (const visibility of hidden) await signAndConfirm(site, slug, somebody({ visibility }))
    await signAndConfirm(site, slug, who())
  }
  return { site, slug }
}

test('the numbers on the list have no gap, however many hidden endorsers confirm in between', async () => {
  const { site, slug } = await mixedSite()
  assert.deepEqual(await numbersOf(site, slug), [1, 2, 3])
})

test('a hidden endorser is told no number, neither on a page nor by mail', async () => {
  const { site, slug } = await mixedSite()
  for (const visibility of hidden) {
    const person = somebody({ visibility })
    const own = await signAndConfirm(site, slug, person)
    assert.equal((await dataOf(site, own))['number'], null)
    for (const page of ['', '?thanks=yes']) {
      const html = await (await fetch(site.address + own + page)).text()
      assert.doesNotMatch(html, /<dt>Number<|is number/)
    }
    const mails = site.inbox.mails.filter(({ recipients }) =>
      recipients.includes(person['email'] ?? ''),
    )
    assert.equal(mails.length, 2)
    for (const { text } of mails) assert.doesNotMatch(text, /number \d/)
  }
})

test('who shows their name gets the next number, and keeps it through hiding and showing', async () => {
  const { site, slug } = await mixedSite()
  const person = somebody({ visibility: 'withheld' })
  const own = await signAndConfirm(site, slug, person)
  const save = (visibility: string) => saveAs(site, own, { ...person, visibility })
  await save('listed')
  assert.deepEqual(await numbersOf(site, slug), [1, 2, 3, 4])
  await save('withheld')
  assert.deepEqual(await numbersOf(site, slug), [1, 2, 3])
  await signAndConfirm(site, slug, somebody())
  await save('listed')
  assert.deepEqual(await numbersOf(site, slug), [1, 2, 3, 4, 5])
  assert.equal((await dataOf(site, own))['number'], 4)
})

async function saveAs(site: TestSite, own: string, answers: Answers): Promise<void> {
  assert.equal((await post(site, own, { ...answers, decision: 'save' })).status, 303)
}

async function dataOf(site: TestSite, own: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${site.address}${own}/data.json`)
  return (await response.json()) as Record<string, unknown>
}
