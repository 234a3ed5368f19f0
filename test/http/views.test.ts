import assert from 'node:assert/strict'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { MailLocals, Page } from '../../src/http/page.ts'
import { openViews } from '../../src/http/views.ts'
import { formatsOf } from '../../src/languages/formats.ts'
import { translator } from '../../src/languages/languages.ts'
import { pathsUnder } from '../../src/paths.ts'

const folder = mkdtempSync(join(tmpdir(), 'views-'))
after(() => rmSync(folder, { recursive: true }))

const words = { t: translator('en'), format: formatsOf('en'), paths: pathsUnder('', '') }
const page: Page = {
  title: 'A title',
  description: null,
  siteName: 'A site',
  language: 'en',
  dir: 'ltr',
  isDefaultLanguage: true,
  canonical: null,
  alternates: [],
  hasFaults: false,
  isPrivate: false,
  livePath: null,
  exitHref: null,
  notices: [],
  isDemo: false,
  mailboxPath: null,
  desk: null,
  sheets: [],
}

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

function render(template: string, view: object, strictModels = true): string {
  write({ 'layout.ejs': '<%- body %>', 'one.ejs': template })
  return openViews({ folder, strictModels }).page('one', { page, view, ...words })
}

describe('a view', () => {
  test('escapes what it prints', () => {
    const html = render('<%= view.name %>', { name: `<b>"&'` })
    assert.equal(html, '&lt;b&gt;&quot;&amp;&#39;')
  })

  test('throws on a name it was not given', () => {
    assert.throws(() => render('<%= nmae %>', {}), /nmae is not defined/)
  })

  test('throws on a property its model does not have, however deep', () => {
    const view = { rows: [{ name: 'GNP+' }] }
    assert.equal(render('<%= view.rows[0].name %>', view), 'GNP+')
    assert.throws(() => render('<%= view.rows[0].nmae %>', view), /unknown property "nmae"/)
    assert.throws(() => render('<% if (view.isOpen) { %>yes<% } %>', view), /"isOpen"/)
  })

  test('takes null as a value, but does not print it', () => {
    assert.equal(render('<% if (view.name === null) { %>none<% } %>', { name: null }), 'none')
    assert.throws(() => render('<%= view.name %>', { name: null }), /printed a value of type/)
  })

  test('includes parts by their path under views, with a model of their own', () => {
    write({ 'parts/name.ejs': '<bdi><%= view.name %></bdi> on <%= page.siteName %>\n' })
    const html = render("<%- include('parts/name', view.person) %>.", { person: { name: 'Ana' } })
    assert.equal(html, '<bdi>Ana</bdi> on A site.')
    assert.throws(() => render("<%- include('parts/name', { nmae: '' }) %>", {}), /"name"/)
  })

  test('is forgiving about unknown properties only where that is asked for', () => {
    assert.equal(render('<% if (view.isOpen) { %>yes<% } %>', {}, false), '')
  })
})

describe('a mail', () => {
  const locals: MailLocals = {
    page: { siteName: 'A site', language: 'en', dir: 'ltr', notices: [] },
    view: { name: 'GNP+ & <friends>\r\nBcc: x@y.z' },
    ...words,
  }

  test('has a subject of one line, a text part as typed and an escaped HTML part', () => {
    write({
      'mail/hello.subject.ejs': 'Hello <%= view.name %>\n',
      'mail/hello.text.ejs': 'Text: <%= view.name %>\n\n',
      'mail/hello.html.ejs': '<p><%= view.name %></p>\n',
      'mail/frame.text.ejs': '<%- body %>',
      'mail/frame.html.ejs': '<main><%- body %></main>',
    })
    const mail = openViews({ folder, strictModels: true }).mail('hello', locals)
    assert.equal(mail.subject, 'Hello GNP+ & <friends> Bcc: x@y.z')
    assert.equal(mail.text, 'Text: GNP+ & <friends>\r\nBcc: x@y.z\n')
    assert.equal(mail.html, '<main><p>GNP+ &amp; &lt;friends&gt;\r\nBcc: x@y.z</p></main>')
  })
})
