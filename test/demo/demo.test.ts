import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openShell } from '../support/command.ts'
import { Visitor } from '../support/visitor.ts'

interface Counted {
  status: string
  total: number
  countries: number
}

function placeForTemporaryFiles(): string {
  const place = mkdtempSync(join(tmpdir(), 'undersigned-test-demo-'))
  after(() => rmSync(place, { recursive: true, force: true }))
  return place
}

test('the demo gets ready, shows three statements in five languages, and leaves nothing', async () => {
  const TMPDIR = placeForTemporaryFiles()
  const demo = openShell({ PORT: '0', TMPDIR }).start('demo')
  const [, address = ''] = await demo.says(/Open (http:\/\/127\.0\.0\.1:\d+)\n/)
  const [, desk = ''] = await demo.says(/The desk: +(http\S+)\n/)
  const admin = await new Visitor(address, { keepsCookies: true }).open(desk)
  assert.match((await admin.press(/Sign in/)).text('h1'), /Set up a code app/)

  const count = async (slug: string) =>
    (await (await fetch(`${address}/statements/${slug}/count.json`)).json()) as Counted
  const closing = await count('halt-the-executions')
  assert.deepEqual([closing.status, closing.total], ['open', 300])
  assert.ok(closing.countries >= 40, `${closing.countries} countries`)
  assert.equal((await count('nothing-about-us-without-us')).status, 'open')
  assert.equal((await count('keep-the-drop-in-open')).status, 'delivered')

  for (const language of ['', '/ar', '/es', '/fr', '/ru']) {
    const page = await new Visitor(address).open(`${language}/statements/halt-the-executions`)
    assert.equal(page.status, 200)
    assert.equal(page.$('html').attr('lang'), language.slice(1) || 'en')
  }
  assert.equal((await fetch(`${address}/mailbox`)).status, 200)
  assert.equal(readdirSync(TMPDIR).length, 1)

  const { code, stderr } = await demo.stop()
  assert.deepEqual([code, stderr], [0, ''])
  assert.deepEqual(readdirSync(TMPDIR), [])
})

test('a demo whose settings are wrong says so and leaves nothing either', async () => {
  const TMPDIR = placeForTemporaryFiles()
  const { code, stderr } = await openShell({ PORT: 'x', LIMITS: 'few', TMPDIR }).run('demo')
  assert.equal(code, 1)
  assert.match(stderr, /PORT is "x"/)
  assert.match(stderr, /LIMITS is "few"/)
  assert.deepEqual(readdirSync(TMPDIR), [])
})
