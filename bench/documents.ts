// npm run bench:documents: the list as files, long, while others read the statement's page.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillWithNames, slug } from './prepare.ts'
import { machine } from './report.ts'
import { production, startSite } from './start.ts'
import { shareOf, watchWhile } from './watch.ts'

const names = { short: 10_000, long: Number(process.argv[2] ?? 1_000_000) }
/** what a site does once is not measured */
const warmUp = 300
const streamed = ['csv', 'json', 'xlsx', 'txt', 'docx', 'datapackage.zip'] as const

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
try {
  console.log(machine())
  await bench(names.short, ['pdf'])
  await bench(names.long, streamed)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bench(howMany: number, formats: readonly string[]): Promise<void> {
  const file = join(folder, `${howMany}.db`)
  const secretKey = randomBytes(32).toString('base64url')
  const store = { url: `sqlite:${file}`, secretKey }
  await fillWithNames(store, howMany)
  for (const format of formats) {
    // a site of its own each, so that none bears the memory of the one before
    const site = await startSite(folder, {
      ...production,
      DATABASE_URL: store.url,
      SECRET_KEY: secretKey,
    })
    try {
      console.log(await measured(site, howMany, format))
    } finally {
      await site.stop()
    }
  }
}

async function measured(
  { url, pid }: { url: string; pid: number },
  howMany: number,
  format: string,
): Promise<string> {
  const page = `${url}/statements/${slug}`
  for (let n = 0; n < warmUp; n += 1) await (await fetch(page)).text()
  const started = performance.now()
  let bytes = 0
  const seen = await watchWhile(page, pid, async () => {
    const response = await fetch(`${page}/signatories.${format}`)
    if (!response.ok || !response.body) throw new Error(`${format}: ${response.status}`)
    for await (const piece of response.body) bytes += (piece as Uint8Array).length
  })
  const seconds = (performance.now() - started) / 1000
  const waits = [0.5, 0.99, 1].map((share) => shareOf(seen.waits, share).toFixed(0))
  return (
    `${howMany} names, ${format}: ${seconds.toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB; ` +
    `memory ${seen.memory.toFixed(0)} MB, with the compiler ${seen.memoryOfAll.toFixed(0)} MB; ` +
    `the page meanwhile: p50 ${waits[0]}, p99 ${waits[1]}, longest ${waits[2]} ms`
  )
}
