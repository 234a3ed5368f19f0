// Stands before the framework: public pages that were rendered already, and are still true, are answered
// from memory (docs/adr/0013). Everything else goes through.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Context } from '../context.ts'
import { answer, choose } from './answer.ts'
import { catchAnswer } from './catch-answer.ts'
import { openKeptPages, type Page } from './kept-pages.ts'
import { readyBytes } from './ready-bytes.ts'
import { readSimpleRequest } from './simple-request.ts'
import type { Versions } from './versions.ts'

type Needs = Pick<Context, 'versions' | 'switches' | 'config' | 'metrics'>
/** Which page is asked for, and how new it must be at least. */
type Wanted = Pick<Page, 'version'> & { url: string }

const mostBytes = 32 * 1024 * 1024
/** whatever the versions do not tell of is right again after so long (product.md P-7) */
const longestMs = 30_000

export interface FrontDoor {
  listener: RequestListener
  /** What to send to who has sent this; null: it is for the listener (shortcut.ts). */
  answerTo: (bytes: Buffer) => Buffer | null
}

/** @param app answers what is not kept */
export function openFrontDoor(
  { versions, switches, config, metrics }: Needs,
  app: RequestListener,
): FrontDoor {
  const pages = openKeptPages(mostBytes)
  const rendering = new Map<string, Promise<void>>()

  function find({ url, version }: Wanted): Page | undefined {
    const page = pages.find(url)
    const isTrue = page?.version === version && performance.now() - page.renderedAt < longestMs
    return isTrue ? page : undefined
  }

  function answerKept(req: IncomingMessage, res: ServerResponse, page: Page): void {
    metrics.keptPage()
    answer(req, res, page)
  }

  /** Of many who ask at once for what is not there, one goes to the framework. */
  async function serve(req: IncomingMessage, res: ServerResponse, wanted: Wanted): Promise<void> {
    const underWay = rendering.get(placeOf(wanted))
    if (underWay !== undefined) await underWay
    const page = find(wanted)
    if (page) answerKept(req, res, page)
    else if (underWay === undefined && req.method === 'GET') render(req, res, wanted)
    else app(req, res)
  }

  function render(req: IncomingMessage, res: ServerResponse, wanted: Wanted): void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const place = placeOf(wanted)
    const done = () => {
      rendering.delete(place)
      resolve()
    }
    rendering.set(place, promise)
    // also when the visitor has left
    res.once('close', done)
    catchAnswer(req, res, { ...wanted, maxAge: config.pageMaxAge }, (page) => {
      if (page) pages.keep(wanted.url, page)
      done()
    })
    // what is switched off must be at least as new as the version that the page is kept under
    switches.forget()
    app(req, res)
  }

  function listener(req: IncomingMessage, res: ServerResponse): void {
    const { url = '' } = req
    if (req.method === 'POST') answerWhenSeen(versions, res)
    const slug = isForEveryone(req) ? publicPage(url) : undefined
    if (slug === undefined) return app(req, res)
    const known = versions.known(slug)
    const page = known === null ? undefined : find({ url, version: known })
    if (page) return answerKept(req, res, page)
    const version = known === null ? versions.read(slug) : Promise.resolve(known)
    version
      .then(
        (newest) => serve(req, res, { url, version: newest }),
        // a database that is away: the app says so
        () => app(req, res),
      )
      .catch((fault: Error) => res.destroy(fault))
  }

  function answerTo(bytes: Buffer): Buffer | null {
    const asked = readSimpleRequest(bytes)
    const slug = asked ? publicPage(asked.url) : undefined
    if (!asked || slug === undefined) return null
    const version = versions.known(slug)
    const page = version === null ? undefined : find({ url: asked.url, version })
    if (!page) return null
    metrics.keptPage()
    return readyBytes(choose(asked, page), Date.now())
  }

  return { listener, answerTo }
}

/** Whoever has changed something is answered when nobody is shown what was before. */
function answerWhenSeen(versions: Versions, res: ServerResponse): void {
  const end = res.end.bind(res)
  res.end = ((...all: Parameters<typeof end>) => {
    res.end = end
    const seen = versions.seen()
    if (seen === null) return end(...all)
    void seen.then(() => end(...all))
    return res
  }) as typeof res.end
}

const placeOf = ({ url, version }: Wanted) => `${version} ${url}`

const slugs = '[a-z0-9]+(?:-[a-z0-9]+)*'
const statementPages = new RegExp(
  `^(?:/[a-z]{2})?/statements(?:/(${slugs})(?:/(?:count\\.json|signatories|press))?)?$`,
)
const homePages = /^(?:\/[a-z]{2})?\/?$/

/** The statement that it is about, null for several; undefined: not a page that everyone sees alike. */
function publicPage(url: string): string | null | undefined {
  const found = statementPages.exec(url)
  if (found) return found[1] ?? null
  return homePages.test(url) ? null : undefined
}

function isForEveryone({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return headers.cookie === undefined && headers.authorization === undefined
}
