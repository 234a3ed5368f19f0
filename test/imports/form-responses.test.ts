import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { openShell } from '../support/command.ts'
import { fixture } from '../support/fixtures.ts'
import { counts, listed } from '../support/signing.ts'
import { openSite, type TestSite, testSecret } from '../support/site.ts'

interface Truth {
  rows: number
  blank: number
  exact_duplicates: number[]
  near_duplicates: number[]
  bad_email: number[]
  missing_country: number[]
  not_listed: number[]
  formula_like: number[]
}
interface Told {
  rows: number
  blank: number
  new: number
  duplicate: number
  similar: number
  invalid: number
  problems: { row: number; field: string; reason: string }[]
}

const file = fixture('form-responses.csv')
const truth = JSON.parse(readFileSync(fixture('form-responses.truth.json'), 'utf8')) as Truth

// as the commands see the time: they have no clock of the tests
const openNow = () => openSite({ now: new Date().toISOString() })

function shellOf(site: TestSite) {
  return openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
}

const byRow = (a: number, b: number) => a - b
const rowsOf = (told: Told, field: string) =>
  told.problems.filter((problem) => problem.field === field).map(({ row }) => row)

/** Row numbers as a spreadsheet shows them. */
function rowsThat(are: (cells: string[]) => boolean): number[] {
  const records = parse(readFileSync(file), { bom: true, skip_empty_lines: false })
  return records.flatMap((cells, index) => (are(cells) ? [index + 1] : []))
}

test('the sheet of a form tool is told row by row as it is, and changes nothing', async () => {
  const site = await openNow()
  const slug = await site.publish()
  const shell = shellOf(site)
  const run = (...more: string[]) =>
    shell.run('endorsements', 'import', slug, file, '--dry-run', ...more)
  const dry = await run('--json')
  assert.deepEqual([dry.code, dry.stderr], [0, ''])
  const told = JSON.parse(dry.stdout) as Told
  assert.deepEqual(Object.keys(told), [
    'rows',
    'blank',
    'new',
    'duplicate',
    'similar',
    'invalid',
    'problems',
  ])
  const invalid = [...truth.bad_email, ...truth.missing_country].sort(byRow)
  assert.deepEqual(rowsOf(told, 'email'), truth.bad_email)
  assert.deepEqual(rowsOf(told, 'country'), truth.missing_country)
  assert.deepEqual(
    told.problems.map(({ row }) => row),
    invalid,
  )
  const { problems: _, ...numbers } = told
  const { rows, blank, exact_duplicates: exact, near_duplicates: near } = truth
  const bad = blank + exact.length + near.length + invalid.length
  assert.deepEqual(numbers, {
    rows,
    blank,
    new: rows - bad,
    duplicate: exact.length,
    similar: near.length,
    invalid: invalid.length,
  })

  const { stdout } = await run()
  const rowsSaid = (what: RegExp) =>
    [...stdout.matchAll(/^Row (\d+): (.*)$/gm)]
      .filter(([, , said = '']) => what.test(said))
      .map(([, row]) => Number(row))
  assert.deepEqual(rowsSaid(/^The same mailbox/), exact)
  assert.deepEqual(rowsSaid(/^Looks like row/), near)
  const left = await site.ctx.db.selectFrom('endorsements').select('id').execute()
  assert.equal(left.length, 0)
})

test('every row gets its mail, and the same file again brings nothing', async () => {
  const site = await openNow()
  const slug = await site.publish()
  const shell = shellOf(site)
  const run = () => shell.run('endorsements', 'import', slug, file, '--json')
  const first = JSON.parse((await run()).stdout) as Told
  assert.ok(first.new > 200)
  const stored = await site.ctx.db
    .selectFrom('endorsements')
    .select(['state', 'visibility'])
    .execute()
  assert.equal(stored.length, first.new + first.similar)
  assert.ok(stored.every(({ state }) => state === 'pending'))
  const isHere = (row: number) =>
    ![truth.exact_duplicates, truth.bad_email, truth.missing_country].flat().includes(row)
  const saysNo = rowsThat((cells) => cells[7]?.startsWith('No,') === true).filter(isHere)
  assert.deepEqual(
    truth.not_listed.filter(isHere).filter((row) => !saysNo.includes(row)),
    [],
  )
  const withheld = stored.filter(({ visibility }) => visibility === 'withheld')
  assert.equal(withheld.length, saysNo.length)
  const mails = await site.ctx.db.selectFrom('outbox').select('kind').execute()
  assert.equal(mails.length, stored.length)
  assert.ok(mails.every(({ kind }) => kind === 'sign-on'))
  assert.equal((await counts(site, slug))['total'], 0)

  const second = JSON.parse((await run()).stdout) as Told
  assert.equal(second.new, 0)
  assert.equal(second.similar, 0)
  assert.equal(second.duplicate, first.new + first.similar + first.duplicate)
  assert.equal(second.invalid, first.invalid)
})

test('confirmed with evidence they count at once, names are exact, and hidden ones stay hidden', async () => {
  const site = await openNow()
  const slug = await site.publish()
  const shell = shellOf(site)
  const without = await shell.run('endorsements', 'import', slug, file, '--confirmed')
  assert.deepEqual([without.code, without.stdout], [1, ''])
  assert.match(without.stderr, /^--confirmed needs --evidence .*\n$/)
  const evidence = ['--confirmed', '--evidence', 'Answers of our form, kept in the office safe']
  const run = await shell.run('endorsements', 'import', slug, file, '--json', ...evidence)
  assert.equal(run.code, 0, run.stderr)
  const told = JSON.parse(run.stdout) as Told
  assert.deepEqual(await site.ctx.db.selectFrom('outbox').selectAll().execute(), [])
  const states = await site.ctx.db
    .selectFrom('endorsements')
    .select(['state', 'flags', 'visibility', 'verification'])
    .execute()
  const held = states.filter(({ flags }) => flags !== '[]')
  assert.equal(states.filter(({ flags }) => flags.includes('similar-name')).length, told.similar)
  assert.ok(held.every(({ state }) => state === 'held'))
  assert.ok(states.every(({ verification }) => verification === 'coordinator'))
  assert.equal((await counts(site, slug))['total'], states.length - held.length)

  const csv = readFileSync(file, 'utf8')
  const names = (await listed(site, slug)).map(({ name }) => String(name))
  const formulas = names.filter((name) => /^[=+@-]/.test(name))
  assert.ok(formulas.length > 0)
  assert.ok(formulas.every((name) => csv.includes(name)))
  const download = await (await fetch(`${site.address}/statements/${slug}/signatories.csv`)).text()
  for (const name of formulas) assert.ok(download.includes(`,'${name}`), name)
})
