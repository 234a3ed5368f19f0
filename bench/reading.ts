// What is read: public pages as browsers ask for them, and the servers they are compared with.
import { get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { type Case, names, type Plan, roundSpan, warmUpSpan } from './case.ts'
import { type Load, measure, type Span } from './load.ts'
import { slug } from './prepare.ts'
import type { Recorded } from './servers.ts'
import { startReference } from './start.ts'

const page = `/statements/${slug}`
const count = `${page}/count.json`
/** as browsers do */
const encoding = 'br'
const languages = ['es', 'fr', 'ru', 'ar']

/** @param site its kind of database, and what else tells it from others */
export function readingCases(origin: string, site: string, base?: string): Case[] {
  const row = (what: string, path: string, limit = names.plainPage): Case => ({
    ...reading(`${what}, ${site}`, limit, origin + path),
    ...(base === undefined ? {} : { base: `${what}, ${base}` }),
  })
  return [
    row('statement page', page),
    row('count.json', count, names.plainCount),
    row('list, first page', `${page}/signatories`),
    row('press page', `${page}/press`),
  ]
}

/** The same page in each other language, and as those get it who cannot unpack. */
export function otherPages(origin: string, site: string): Case[] {
  const inLanguages = languages.map((each) =>
    reading(`statement page in ${each}, ${site}`, names.plainPage, `${origin}/${each}${page}`),
  )
  const name = `statement page, not packed, ${site}`
  const limit = `${names.plainPage}, not packed`
  return [...inLanguages, reading(name, limit, origin + page, 'identity')]
}

export function reading(name: string, limit: string, url: string, accepted = encoding): Case {
  const load: Load = { url, expected: 200, headers: { 'Accept-Encoding': accepted } }
  const keptThen = async (span: Span) => {
    // a page that nobody has asked for in half a minute is rendered first
    await record(url, accepted)
    return measure(load, span)
  }
  return {
    name,
    limit,
    warmUp: () => keptThen(warmUpSpan),
    run: () => keptThen(roundSpan),
  }
}

/** @param origin of the site whose answers the plain server repeats */
export async function referenceCases(plan: Plan, origin: string): Promise<Case[]> {
  const [packed, whole, counted] = [`${page}?packed`, page, count]
  const plain = await startReference('plain', {
    [packed]: await record(origin + page, encoding),
    [whole]: await record(origin + page, 'identity'),
    [counted]: await record(origin + count, encoding),
  })
  plan.onClose(() => plain.stop())
  const express = await startReference('express', {})
  plan.onClose(() => express.stop())
  return [
    reference(names.plainPage, plain.url + packed),
    reference(`${names.plainPage}, not packed`, plain.url + whole),
    reference(names.plainCount, plain.url + counted),
    { ...reference(names.express, `${express.url}/`), limit: names.plainCount },
  ]
}

const reference = (name: string, url: string) => reading(name, name, url)

/** The very headers and bytes, but for those that Node writes itself. */
async function record(url: string, accepted: string): Promise<Recorded[string]> {
  const asked = get(url, { agent: false, headers: { 'accept-encoding': accepted } })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const { date: _, connection: __, 'keep-alive': ___, ...headers } = answer.headers
  const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>))
  return { headers, body: body.toString('base64') }
}
