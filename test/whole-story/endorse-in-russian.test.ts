// The main story without any browser: an individual reads in Russian, endorses with a name that is
// not shown, corrects, takes the data along, finds the endorsement again, and withdraws.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { translator } from '../../src/languages/languages.ts'
import { counts, linkIn, listed } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const t = translator('ru')
const name = 'Юлия Ёлкина'
const email = 'yulia@members.example'

test('an individual endorses in Russian with a withheld name', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const yulia = await site.visitor('ru').open('/ru')
  await yulia.follow(/Налоксон/)
  assert.equal(yulia.$('html').attr('lang'), 'ru')
  await yulia.follow(t('endorse.individual'))

  // the statement withholds names unless somebody wants theirs shown
  assert.equal(yulia.$('[name=visibility][checked]').attr('value'), 'withheld')
  await yulia.press(t('form.continue'))
  assert.equal(yulia.status, 422)
  assert.match(yulia.title, new RegExp(`^${t('site.error-title', { title: '' }).trim()}`))
  yulia.fill({ name, country: 'UA', email }).tick('consent')
  await yulia.press(t('form.continue'))
  assert.equal(yulia.$('h1').text(), t('check.heading'))
  assert.match(yulia.text('.entry'), new RegExp(t('list.name-withheld')))
  await yulia.press(t('check.change'))
  assert.equal(yulia.$('[name=name]').attr('value'), name)
  await yulia.press(t('form.continue'))
  await yulia.press(t('check.send'))
  assert.equal(yulia.$('h1').text(), t('inbox.heading'))
  assert.equal((await counts(site, slug))['total'], 0)

  await site.deliverMail()
  const mail = await site.inbox.waitFor(email)
  assert.match(mail.subject, /\p{Script=Cyrillic}/u)
  await yulia.open(linkIn(mail, 'confirm'))
  await yulia.press('decision=confirm')
  assert.ok(yulia.text('main').includes(t('mine.thanks.counted')))
  // numbers are for those on the list
  assert.doesNotMatch(yulia.text('main'), new RegExp(t('mine.thanks.number', { number: '1' })))
  const own = new URL(yulia.url).pathname
  const { individuals, withheld } = await counts(site, slug)
  assert.deepEqual([individuals, withheld], [1, 1])

  await yulia.open(`/ru/statements/${slug}/signatories`)
  assert.match(yulia.text('main'), new RegExp(t('list.withheld', { n: 1 })))
  for (const path of ['', '/signatories', '/signatories.csv', '/signatories.json', '/count.json']) {
    await yulia.open(`/ru/statements/${slug}${path}`)
    assert.doesNotMatch(yulia.html, /Ёлкина|yulia/i, `${path} does not tell the name`)
  }

  await yulia.open(own)
  await yulia.follow(t('mine.data'))
  assert.equal((JSON.parse(yulia.html) as { name: string }).name, name)
  await yulia.open(own)
  yulia.choose('visibility', 'listed')
  await yulia.press(t('mine.save'))
  assert.match(yulia.text('main'), new RegExp(t('mine.saved')))
  assert.equal((await listed(site, slug))[0]?.['name'], name)

  await site.deliverMail()
  site.inbox.clear()
  site.clock.advance({ hours: 1 })
  await yulia.open('/ru/find-my-endorsement')
  await yulia.fill({ email: email.toUpperCase() }).press(t('find.button'))
  await site.deliverMail()
  await yulia.open(linkIn(await site.inbox.waitFor(email), 'endorsement'))
  await yulia.press('decision=withdraw')
  assert.equal(yulia.$('h1').text(), t('withdrawn.heading'))
  assert.equal((await counts(site, slug))['total'], 0)
  assert.deepEqual(await listed(site, slug), [])
  assert.deepEqual(yulia.cookies, [])
})
