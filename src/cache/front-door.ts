// Stands before the framework: public pages that were rendered already, and are still true, are answered
// from memory (docs/adr/0013). Everything else goes through.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Context } from '../context.ts'
import { encodingFor, openKeptPages, type Page, sentAs } from './kept-pages.ts'

const mostBytes = 32 * 1024 * 1024
/** whatever may have been forgotten in the versions is right again after so long (product.md P-7) */
const longestMs = 30_000
const statementPages =
  /^(?:\/[a-z]{2})?\/statements(?:\/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/count\.json)?)?$/
const homePages = /^(?:\/[a-z]{2})?\/?$/
/** what a page says of itself when everyone sees the same (src/http/respond.ts) */
const forEveryone = 'public, no-cache'
const aboutTheBody =
  /^content-(?:length|encoding)$|^transfer-encoding$|^etag$|^cache-control$|^vary$/

/** @param app answers what is not kept */
export function frontDoor(
  { versions, switches, config }: Pick<Context, 'versions' | 'switches' | 'config'>,
  app: RequestListener,
): RequestListener {
  const pages = openKeptPages(mostBytes)
  const rendering = new Map<string, Promise<void>>()
  const cacheControl = cacheControlFor(config.pageMaxAge)

  const find = (url: string, version: string) => {
    const page = pages.find(url)
    const isTrue = page?.version === version && performance.now() - page.renderedAt < longestMs
    return isTrue ? page : undefined
  }

  async function serve(req: IncomingMessage, res: ServerResponse, slug: string | null) {
    const url = req.url ?? ''
    const version = await versions.read(slug)
    const page = find(url, version)
    if (page) return answer(req, res, page)
    const place = `${version} ${url}`
    const underWay = rendering.get(place)
    if (underWay === undefined && req.method === 'GET') return render(req, res, { slug, version })
    await underWay
    const made = find(url, version)
    if (made) answer(req, res, made)
    else app(req, res)
  }

  function render(
    req: IncomingMessage,
    res: ServerResponse,
    { slug, version }: Pick<Page, 'slug' | 'version'>,
  ): void {
    const url = req.url ?? ''
    const place = `${version} ${url}`
    const { promise, resolve } = Promise.withResolvers<void>()
    const done = () => {
      rendering.delete(place)
      resolve()
    }
    rendering.set(place, promise)
    // what is switched off must be at least as new as the version that the page is kept under
    switches.forget()
    res.once('close', done)
    catchAnswer(req, res, (headers, body) => {
      const etag = String(res.getHeader('etag') ?? '')
      const own = ['Cache-Control', cacheControl, 'ETag', etag, 'Vary', 'Accept-Encoding']
      const page = {
        ...{ slug, version, etag, body },
        renderedAt: performance.now(),
        headers: [...headers, ...own],
        encoded: new Map(),
      }
      pages.keep(url, page)
      done()
      return page
    })
    app(req, res)
  }

  return (req, res) => {
    const slug = publicPage(req)
    if (slug === undefined) return app(req, res)
    const version = versions.known(slug)
    const page = version === null ? undefined : find(req.url ?? '', version)
    if (page) return answer(req, res, page)
    // a database that is away: the app says so
    serve(req, res, slug).catch(() => app(req, res))
  }
}

function cacheControlFor(seconds: number): string {
  if (seconds === 0) return forEveryone
  return `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${seconds}`
}

/** The statement that it is about, null for several; undefined: not a page that everyone sees alike. */
function publicPage({ method, url = '', headers }: IncomingMessage): string | null | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (headers.cookie !== undefined || headers.authorization !== undefined) return undefined
  const found = statementPages.exec(url)
  if (found) return found[1] ?? null
  return homePages.test(url) ? null : undefined
}

/** Hands over what the app answers, when everyone may have it; then it is sent as it will be again. */
function catchAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  keep: (headers: string[], body: Buffer) => Page,
): void {
  const asked = { ...req.headers }
  // the whole answer is wanted, whatever this visitor has
  delete req.headers['if-none-match']
  delete req.headers['if-modified-since']
  const end = res.end.bind(res)
  res.end = ((chunk?: unknown, encoding?: BufferEncoding) => {
    res.end = end
    const isWhole = typeof chunk === 'string' || Buffer.isBuffer(chunk)
    if (!isWhole || !isForEveryone(res)) return end(chunk, encoding as BufferEncoding)
    const body = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    const page = keep(headersOf(res), body)
    for (const name of res.getHeaderNames()) res.removeHeader(name)
    Object.assign(req.headers, asked)
    answer(req, res, page)
    return res
  }) as typeof res.end
}

function isForEveryone(res: ServerResponse): boolean {
  return (
    res.statusCode === 200 &&
    res.getHeader('cache-control') === forEveryone &&
    !res.hasHeader('set-cookie') &&
    !res.headersSent
  )
}

function headersOf(res: ServerResponse): string[] {
  return Object.entries(res.getHeaders())
    .filter(([name]) => !aboutTheBody.test(name))
    .flatMap(([name, value]) => [name, String(value)])
}

function answer(req: IncomingMessage, res: ServerResponse, page: Page): void {
  if (hasIt(req, page)) {
    res.writeHead(304, page.headers).end()
    return
  }
  const { headers, body } = sentAs(page, encodingFor(req.headers['accept-encoding']))
  res.writeHead(200, headers)
  if (req.method === 'HEAD') res.end()
  else res.end(body)
}

/** Who reloads on purpose says no-cache, and gets all of it. */
function hasIt({ headers }: IncomingMessage, { etag }: Page): boolean {
  const known = headers['if-none-match']
  if (known === undefined || /no-cache/i.test(headers['cache-control'] ?? '')) return false
  const weak = (tag: string) => tag.trim().replace(/^W\//, '')
  return known.trim() === '*' || known.split(',').some((tag) => weak(tag) === weak(etag))
}
