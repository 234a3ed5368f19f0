import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { keyOf, postAs, signIn } from '../support/desk.ts'
import { openSite } from '../support/site.ts'

const evil = '<script>alert(1)</script>'

test('a file of the timeline is saved by everyone and opened by nobody, within its limits', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const admin = await signIn(site, 'admin')
  await closeStatement(site.ctx, slug)
  const path = `/desk/statements/${slug}/delivery`
  const entry = { kind: 'answered', happened_on: '2026-11', who: 'The minister' }
  await postAs(site, admin, path, entry)
  const { browser } = admin
  await browser.open(path)
  const attach = async (file: Blob, name: string) => {
    const form = new FormData()
    form.append('form_key', await keyOf(admin))
    await browser.open(path)
    form.append('file_of', String(browser.$('#file_of option').val()))
    form.append('file', file, name)
    const headers = { cookie: browser.cookie }
    const address = `${site.address}${path}/files`
    return fetch(address, { method: 'POST', body: form, headers, redirect: 'manual' })
  }
  const name = '../Antwort “final”.html'
  assert.equal((await attach(new Blob([evil], { type: 'text/html' }), name)).status, 303)
  assert.equal((await attach(new Blob([]), 'empty.pdf')).status, 422)
  const large = await attach(new Blob([Buffer.alloc(5_000_001)]), 'large.pdf')
  assert.equal(large.status, 422)
  assert.match(await large.text(), /too large/)

  const visitor = await site.visitor().open(`/statements/${slug}`)
  const link = visitor.$('ol.timeline a[download]')
  assert.equal(link.text(), 'Antwort “final”.html')
  const file = await fetch(site.address + String(link.attr('href')))
  assert.equal(await file.text(), evil)
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename=/)
  assert.match(file.headers.get('content-type') ?? '', /^text\/html/)
  assert.equal(file.headers.get('content-security-policy'), "default-src 'none'; sandbox")
  assert.equal(file.headers.get('x-content-type-options'), 'nosniff')

  await browser.open(path)
  await browser.press('do=remove-file')
  assert.equal(browser.$('a[download]').length, 0)
  assert.equal((await fetch(site.address + String(link.attr('href')))).status, 404)
})
