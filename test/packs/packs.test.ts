// Packs: everything that is handed over, of one edition (product.md R1, P-7, §6).
import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { SaxesParser } from 'saxes'
import { extractText, getDocumentProxy } from 'unpdf'
import { NamesTakenOut, openPack } from '../../src/packs/open-pack.ts'
import { chooseFirst } from '../../src/signatories/first.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { rowsOfWorkbook } from '../documents/read-formats.ts'
import { openShell } from '../support/command.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { type DeskPerson, postAs, signIn } from '../support/desk.ts'
import { fixture } from '../support/fixtures.ts'
import { harbour, jose, leyla, someOrganisation } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { openSite, testSecret, type TestSite } from '../support/site.ts'
import { unzipBytes } from '../support/unzip.ts'

const arabic = 'شبكة سلمى للدعم'

async function openCampaign(languages: string[]) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const read = await readStatementFolder(fixture('statements/naloxone-within-reach'))
  assert.ok(read.ok)
  const versions = read.statement.versions.filter(({ language }) => languages.includes(language))
  const slug = await site.publish('naloxone-within-reach', { versions })
  await signUpAndConfirm(site, slug, harbour)
  await signUpAndConfirm(site, slug, someOrganisation({ name: arabic, country: 'LB' }))
  await signUpAndConfirm(site, slug, leyla)
  const token = await signUpAndConfirm(site, slug, jose)
  return { site, slug, joseToken: token, admin: await signIn(site, 'admin') }
}

async function packOf(site: TestSite, admin: DeskPerson, slug: string, kind: string) {
  const response = await postAs(site, admin, `/desk/statements/${slug}/packs`, { kind })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'application/zip')
  const name = /filename="?([\w.-]+)\.zip/.exec(response.headers.get('content-disposition') ?? '')
  const folder = `${name?.[1]}/`
  const files = await unzipBytes(Buffer.from(await response.arrayBuffer()))
  for (const path of files.keys()) assert.ok(path.startsWith(folder), path)
  const inside = [...files].map(([path, bytes]) => [path.slice(folder.length), bytes] as const)
  return { folder, files: new Map(inside) }
}

type Files = Map<string, Buffer>

function fileIn(files: Files, ending: string): Buffer {
  const found = [...files].find(([path]) => path.endsWith(ending))
  assert.ok(found, `${ending} in ${[...files.keys()].join()}`)
  return found[1]
}

async function pdfText(bytes: Buffer): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  const { text } = await extractText(document, { mergePages: true })
  return text.replaceAll(/\s+/g, ' ')
}

/** Paragraphs of a Word file, each of whose parts is well-formed. */
async function wordIn(bytes: Buffer) {
  const parts = await unzipBytes(bytes)
  for (const xml of parts.values()) new SaxesParser({ xmlns: true }).write(xml.toString()).close()
  const read = (path: string) => load(parts.get(path)?.toString() ?? '', { xml: true })
  const $ = read('word/document.xml')
  const texts = (from: typeof $, selector: string) =>
    from(selector)
      .toArray()
      .map((each) =>
        from(each)
          .find('w\\:t')
          .text()
          .replaceAll(/[\u200E\u200F]/g, ''),
      )
  return {
    $,
    paragraphs: texts($, 'w\\:p'),
    notes: texts(read('word/footnotes.xml'), 'w\\:footnote').filter((note) => note !== ''),
    styles: parts.get('word/styles.xml')?.toString() ?? '',
  }
}

/** A list and a paragraph, of so many words. */
const longText = (words: number) => ({
  language: 'en',
  title: 'A long title',
  summary: '',
  body: `- ${'word '.repeat(words - 2)}\n\n**very** long`,
})

describe('the delivery pack', async () => {
  const { site, slug, joseToken, admin } = await openCampaign(['en', 'ar'])
  const get = async (path: string) => (await fetch(site.address + path)).arrayBuffer()
  const base = `/statements/${slug}`
  const { folder, files } = await packOf(site, admin, slug, 'delivery')
  const text = (ending: string) => fileIn(files, ending).toString()

  test('holds letters, list, numbers and cover letters in a folder named after the edition', () => {
    assert.equal(folder, `${slug}-edition-1/`)
    const name = `${slug}-edition-1`
    const letters = ['en', 'ar'].flatMap((language) => [
      `letter/letter-${name}.${language}.pdf`,
      `letter/letter-${name}.${language}.docx`,
    ])
    assert.deepEqual(
      [...files.keys()],
      [
        'README.txt',
        `cover-letters/cover-letter-1-${name}.en.docx`,
        `cover-letters/cover-letter-1-${name}.en.txt`,
        `cover-letters/cover-letter-2-${name}.en.docx`,
        `cover-letters/cover-letter-2-${name}.en.txt`,
        ...letters,
        `list/${name}.en.csv`,
        `list/${name}.en.xlsx`,
        'counts-edition-1.json',
        'counts-edition-1.txt',
        'SHA256SUMS',
        'SHA256SUMS.sig',
      ],
    )
    for (const path of [...files.keys()].slice(1, -2)) assert.ok(text('README.txt').includes(path))
  })

  test('tells the hash of each file, signed by the key of the site', async () => {
    const expected = [...files]
      .slice(0, -2)
      .map(([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`)
    assert.equal(text('SHA256SUMS'), expected.join(''))
    const pem = Buffer.from(await get('/.well-known/undersigned-key.pem')).toString()
    const sums = fileIn(files, 'SHA256SUMS')
    assert.ok(verify(null, sums, createPublicKey(pem), fileIn(files, 'SHA256SUMS.sig')))
  })

  test('says the same numbers everywhere, and which edition they are of', async () => {
    const count = JSON.parse(Buffer.from(await get(`${base}/count.json`)).toString()) as object
    const told = JSON.parse(text('counts-edition-1.json')) as { edition: { url: string } }
    const { edition, ...numbers } = told
    assert.deepEqual({ ...count, ...numbers }, count)
    assert.equal(Object.keys(numbers).length, 6)
    assert.equal(edition.url, `${site.address}${base}/editions/1`)
    const page = Buffer.from(await get(`${base}/editions/1`)).toString()
    const inWords = ['2 organisations', '2 individuals', '3 countries']
    const letter = await wordIn(fileIn(files, 'letter-naloxone-within-reach-edition-1.en.docx'))
    const sources = {
      page,
      'PDF letter': await pdfText(fileIn(files, '.en.pdf')),
      'Word letter': letter.paragraphs.join(' '),
      'cover letter': text('.en.txt'),
      README: text('README.txt'),
    }
    for (const [name, source] of Object.entries(sources)) {
      for (const words of [...inWords, 'Edition 1']) {
        assert.ok(source.includes(words), `${words} in ${name}: ${source.slice(0, 300)}`)
      }
      assert.ok(source.includes(edition.url), `the address in ${name}`)
    }
  })

  test('has the list as the edition has it, as file for programs and as workbook', async () => {
    const csv = fileIn(files, '.csv')
    assert.deepEqual(csv, Buffer.from(await get(`${base}/editions/1.csv`)))
    const xlsx = Buffer.from(await get(`${base}/editions/1.xlsx`))
    assert.deepEqual(fileIn(files, '.xlsx'), xlsx)
    const rows = await rowsOfWorkbook(fileIn(files, '.xlsx'))
    assert.deepEqual(
      rows.map((cells) => cells[2]),
      ['Harbour Harm Reduction Alliance', arabic, 'José María Ñandú'],
    )
  })

  test('has the whole letter as Word file: convenors, addressees, text, lists, signatories', async () => {
    const { paragraphs, $ } = await wordIn(
      fileIn(files, 'letter-naloxone-within-reach-edition-1.en.docx'),
    )
    const found = [
      'Meridian Network of People Who Use Drugs (MNPUD)',
      '20 November 2026',
      'Ministers of HealthWorld Health Assembly',
      'Naloxone within reach: an open letter to health ministers',
      'make naloxone free of charge and available without prescription;',
      'The people most likely to be present when someone stops breathing are not doctors. They are friends.',
      'Signatories',
      'Harbour Harm Reduction Alliance (HHRA), Kenya',
      `${arabic}, Lebanon`,
      'José María Ñandú, Argentina',
      'and one endorser whose name is withheld',
    ].map((words) => paragraphs.indexOf(words))
    assert.deepEqual(
      found,
      found.toSorted((a, b) => a - b),
    )
    assert.ok(!found.includes(-1), found.join())
    assert.equal($('w\\:numPr').length, 4)
    const bold = $('w\\:r:has(w\\:rPr > w\\:b)').toArray()
    assert.deepEqual(
      bold.map((run) => $(run).text()),
      ['We ask you to:'],
    )
  })

  test('sets Arabic from right to left, and names in other letters as they are written', async () => {
    const { $ } = await wordIn(fileIn(files, 'letter-naloxone-within-reach-edition-1.ar.docx'))
    const isTurned = (words: string) => $(`w\\:r:contains("${words}")`).find('w\\:rtl').length > 0
    assert.ok(isTurned(arabic))
    assert.ok(!isTurned('Harbour Harm Reduction Alliance (HHRA)'))
    assert.equal($('w\\:p:not(:has(w\\:bidi))').length, 0)
  })

  test('names nobody who is withheld, and no mailbox', async () => {
    const hidden = /Withheld-Name|hidden-mail|@hhra|gmail|Okoro-Contact/
    for (const [path, bytes] of files) {
      if (path.endsWith('.pdf')) assert.doesNotMatch(await pdfText(bytes), hidden, path)
      const isZip = /\.(docx|xlsx)$/.test(path)
      const parts = isZip ? [...(await unzipBytes(bytes)).values()] : [bytes]
      for (const part of parts) assert.doesNotMatch(part.toString(), hidden, path)
    }
  })

  test('is of the newest edition while nothing has changed, and of a new one afterwards', async () => {
    const again = await packOf(site, admin, slug, 'delivery')
    assert.deepEqual([...again.files.keys()], [...files.keys()])
    assert.deepEqual(fileIn(again.files, '.csv'), fileIn(files, '.csv'))
    // setting PDF files takes longest, and has been seen
    site.config.hasPdf = false
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'Newcomers' }))
    const next = await packOf(site, admin, slug, 'delivery')
    assert.equal(next.folder, `${slug}-edition-2/`)
    assert.match(fileIn(next.files, '.csv').toString(), /Newcomers/)
  })

  test('is of a new edition, too, when others stand first in the list', async () => {
    assert.deepEqual(await chooseFirst(site.ctx, slug, [2], '', 'test'), { is: 'saved' })
    const next = await packOf(site, admin, slug, 'delivery')
    assert.equal(next.folder, `${slug}-edition-3/`)
    assert.match(fileIn(next.files, '.csv').toString().split('\r\n')[1] ?? '', /شبكة/)
  })

  test('breaks off when somebody leaves while it is written', async () => {
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    const how = { kind: 'delivery', actor: 'test', tell: () => {} } as const
    const opened = await openPack(site.ctx, statement.id, how)
    assert.equal(opened.is, 'made')
    await post(site, `/endorsement/${joseToken}`, { decision: 'withdraw' })
    await assert.rejects(Array.fromAsync(opened.pieces), NamesTakenOut)
    const after = await packOf(site, admin, slug, 'delivery')
    assert.equal(after.folder, `${slug}-edition-4/`)
    assert.ok(!fileIn(after.files, '.csv').toString().includes('José'))
  })

  test('is written by a command, also where no PDF is made', async () => {
    const env = { DATABASE_URL: site.database.url, SECRET_KEY: testSecret, PDF: 'off' }
    const shell = openShell({ ...env, BASE_URL: site.address })
    const made = await shell.run('pack', slug)
    assert.deepEqual([made.code, made.stderr], [0, ''])
    assert.equal(made.stdout, `${slug}-edition-4.zip: edition 4 with 4 endorsements\n`)
    const written = await unzipBytes(readFileSync(join(shell.cwd, `${slug}-edition-4.zip`)))
    const readme = written.get(`${slug}-edition-4/README.txt`)?.toString() ?? ''
    assert.match(readme, /This site makes no PDF files\. The Word files hold the same\./)
    assert.ok(![...written.keys()].some((path) => path.endsWith('.pdf')))
    assert.ok(written.has(`${slug}-edition-4/letter/letter-${slug}-edition-4.ar.docx`))

    const forUn = await shell.run('pack', slug, '--un', '--out', 'un.zip')
    assert.deepEqual([forUn.code, forUn.stderr], [0, ''])
    const un = await unzipBytes(readFileSync(join(shell.cwd, 'un.zip')))
    assert.ok(un.has(`${slug}-edition-4-un/README.txt`))

    const unknown = await shell.run('pack', 'nowhere')
    assert.deepEqual([unknown.code, unknown.stdout], [1, ''])
    assert.match(unknown.stderr, /^There is no statement "nowhere"\..*\n$/)
  })

  test('is written down: who took which', async () => {
    const rows = await site.ctx.db
      .selectFrom('audit_log')
      .select(['actor', 'detail'])
      .where('action', '=', 'list exported')
      .orderBy('seq')
      .execute()
    assert.deepEqual(rows[0], {
      actor: admin.id,
      detail: '{"format":"delivery-pack","edition":1}',
    })
  })
})

describe('the pack for the United Nations', async () => {
  const { site, slug, admin } = await openCampaign(['en', 'es', 'fr', 'ar'])
  const special = { name: 'Widows & Orphans', acronym: 'W&O' }
  await signUpAndConfirm(site, slug, someOrganisation(special))
  await signUpAndConfirm(site, slug, someOrganisation({ name: 'On the Roster' }))
  await signUpAndConfirm(site, slug, someOrganisation({ name: 'Unseen', visibility: 'withheld' }))
  const path = `/desk/statements/${slug}/ecosoc`
  const { db } = site.ctx

  const numberOf = async (name: string) => {
    const row = db.selectFrom('signatories').select('number').where('name', '=', name)
    return (await row.executeTakeFirstOrThrow()).number
  }
  const note = async (name: string, status: string, was = '') => {
    const number = await numberOf(name)
    const fields = { [`status_${number}`]: status, [`was_${number}`]: was }
    return postAs(site, admin, path, fields)
  }

  const readme = async (name: string, words: number) => {
    await site.publish('naloxone-within-reach', { slug: name, versions: [longText(words)] })
    await signUpAndConfirm(site, name, harbour)
    return fileIn((await packOf(site, admin, name, 'un')).files, 'README.txt').toString()
  }

  test('needs to know who has consultative status, which coordinators note', async () => {
    const { browser } = admin
    await browser.open(path)
    const number = await numberOf(harbour['name'] ?? '')
    await browser.fill({ [`status_${number}`]: 'general' }).press(/^Save$/)
    assert.equal(browser.status, 200)
    assert.match(browser.$('.notice.good').text(), /Saved/)
    assert.equal(browser.$(`#status_${number} [selected]`).attr('value'), 'general')
    assert.equal((await note('Widows & Orphans', 'special')).status, 303)
    assert.equal((await note('On the Roster', 'roster')).status, 303)
    await browser.open(`${path}?q=widows`)
    assert.equal(browser.$('tbody tr').length, 1)
  })

  test('of two who note it at the same time one is told, and keeps what was chosen', async () => {
    const late = await note('Widows & Orphans', 'roster')
    assert.equal(late.status, 409)
    const $ = load(await late.text())
    const number = await numberOf('Widows & Orphans')
    assert.match($('.faults').text(), /Widows & Orphans: somebody else has changed this/)
    assert.equal($(`#status_${number} [selected]`).attr('value'), 'roster')
    assert.equal($(`[name=was_${number}]`).attr('value'), 'special')
    assert.equal((await note('José María Ñandú', 'general')).status, 409)
  })

  test('has those with status by status, and the others in a footnote to the title', async () => {
    const { folder, files } = await packOf(site, admin, slug, 'un')
    assert.equal(folder, `${slug}-edition-1-un/`)
    const languages = ['en', 'es', 'fr']
    assert.deepEqual(
      [...files.keys()].filter((name) => name.endsWith('.docx')),
      languages.map((language) => `statement-${slug}-edition-1.${language}.docx`),
    )
    const { paragraphs, notes, styles, $ } = await wordIn(fileIn(files, '.en.docx'))
    assert.deepEqual(paragraphs.slice(-6), [
      'General consultative status',
      'Harbour Harm Reduction Alliance (HHRA)',
      'Special consultative status',
      'Widows & Orphans (W&O)',
      'Roster',
      'On the Roster',
    ])
    assert.deepEqual(notes, [` ${arabic} also shares the views expressed in this statement.`])
    assert.equal($('w\\:p').first().find('w\\:footnoteReference').length, 1)
    // Times New Roman 10, no bold, no italics, one column
    assert.match(styles, /w:ascii="Times New Roman"/)
    assert.equal($('w\\:b, w\\:i').length, 0)
    assert.deepEqual(styles.match(/<w:b\/>/g)?.length, 1, 'in the header of tables only')
    assert.deepEqual(new Set(styles.match(/w:sz w:val="\d+"/g)), new Set(['w:sz w:val="20"']))
    assert.equal($('w\\:cols').attr('w:num'), '1')
    const grouped = fileIn(files, 'edition-1.txt').toString()
    assert.match(grouped, /^General consultative status\n\nHarbour .*\n\nWithout .*\n\nشبكة/s)
    const all = Buffer.concat([...files.values()]).toString()
    assert.doesNotMatch(all, /Unseen|José|Withheld-Name/)
  })

  test('tells how many words there are, and which limit they keep', async () => {
    // title and footnote: 3 + 5 + 8 words
    const short = await readme('short', 1490)
    assert.match(short, /1,490 words in the text, 1,506 with title and footnote/)
    assert.match(short, /Limit of 1,500 words: kept by the text, 6 too many with title/)
    assert.match(short, /Limit of 2,000 words: kept\.\n/)
    assert.match(short, /No organisation with general status is among them/)
    assert.match(short, /No consultative status is noted for any organisation/)
    const long = await readme('long', 2001)
    assert.match(long, /Limit of 1,500 words: 501 too many\./)
    assert.match(long, /Limit of 2,000 words: 1 too many\./)
  })

  test('is told by nothing else, and forgotten with the entry', async () => {
    const statuses = () => db.selectFrom('ecosoc_statuses').selectAll().execute()
    const [first, ...others] = await statuses()
    assert.equal(others.length, 2)
    for (const file of ['signatories.csv', 'signatories.json', 'editions/1.json']) {
      const response = await fetch(`${site.address}/statements/${slug}/${file}`)
      assert.doesNotMatch(await response.text(), /general|roster"/)
    }
    await db
      .deleteFrom('signatories')
      .where('endorsement_id', '=', first?.endorsement_id ?? '')
      .execute()
    assert.deepEqual(await statuses(), others)
  })
})
