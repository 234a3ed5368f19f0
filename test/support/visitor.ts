// A browser without JavaScript and without cookies: opens pages, follows links, sends forms.
import { load } from 'cheerio'
import type { CheerioAPI } from 'cheerio'
import { choose, fillField, findButton, findLink, setTick } from './form-fields.ts'
import type { Target } from './form-fields.ts'
import { collapsed, submissionOf } from './form-submission.ts'

export type VisitorOptions = {
  /** Accept-Language */
  language?: string
  headers?: Record<string, string>
  /** as a coordinator's browser does */
  keepsCookies?: boolean
}
export type Redirect = { status: number; from: string; to: string }
type Request = { url: URL; body: URLSearchParams | null }

const mostRedirects = 10
const ownLine = 'p, div, section, li, dt, dd, tr, td, th, h1, h2, h3, h4, label, legend, option, br'

export class Visitor {
  status = 0
  headers = new Headers()
  html = ''
  url: string
  /** Those followed to reach the present page. */
  redirects: Redirect[] = []
  /** Every Set-Cookie of the whole visit; sent back only by who `keepsCookies`. */
  cookies: string[] = []
  $: CheerioAPI = load('')
  readonly #headers: Record<string, string>
  readonly #jar: Map<string, string> | null

  constructor(
    baseUrl: string,
    { language, headers = {}, keepsCookies = false }: VisitorOptions = {},
  ) {
    this.url = baseUrl
    const accepted = language === undefined ? {} : { 'accept-language': language }
    this.#jar = keepsCookies ? new Map() : null
    this.#headers = { accept: 'text/html,*/*;q=0.8', ...accepted, ...headers }
  }

  get title(): string {
    return collapsed(this.$('title').first().text())
  }

  /** What can be read in a part of the page, without the white space of its source. */
  text(selector = 'body'): string {
    const $ = load(this.$(selector).first().html() ?? '')
    $('script, style, template, noscript, [hidden]').remove()
    $(ownLine).after(' ')
    return collapsed($.root().text())
  }

  /** Opens a path of the site, or a whole address as in a mail. */
  open(path: string): Promise<this> {
    return this.#load({ url: new URL(path, this.url), body: null })
  }

  /** Follows a link by its text, its address, or a pattern for either. */
  follow(target: Target): Promise<this> {
    return this.open(this.#on(() => findLink(this.$, target).attr('href') ?? ''))
  }

  /** Sets text fields, selects and radio buttons by name; an unknown name throws. */
  fill(values: Record<string, string>): this {
    this.#on(() =>
      Object.entries(values).forEach(([name, value]) => fillField(this.$, name, value)),
    )
    return this
  }

  tick(...names: string[]): this {
    this.#on(() => names.forEach((name) => setTick(this.$, name, true)))
    return this
  }

  untick(...names: string[]): this {
    this.#on(() => names.forEach((name) => setTick(this.$, name, false)))
    return this
  }

  choose(name: string, value: string): this {
    this.#on(() => choose(this.$, name, value))
    return this
  }

  /** Presses a button, by its text or `name=value`, and sends its form as a browser does. */
  press(button?: Target): Promise<this> {
    return this.#load(this.#on(() => submissionOf(this.$, findButton(this.$, button), this.url)))
  }

  async #load(request: Request): Promise<this> {
    this.redirects = []
    let { url, body } = request
    for (;;) {
      const response = await this.#fetch(url, body)
      const to = locationOf(response, url)
      if (to === null) return await this.#show(response, url)
      await response.body?.cancel()
      this.redirects.push({ status: response.status, from: url.href, to: to.href })
      if (this.redirects.length > mostRedirects) throw new Error(`Redirected for ever: ${to.href}`)
      if (response.status < 307) body = null
      url = to
    }
  }

  async #fetch(url: URL, body: URLSearchParams | null): Promise<Response> {
    const response = await fetch(url, {
      method: body === null ? 'GET' : 'POST',
      headers: {
        ...this.#headers,
        ...(this.#jar === null ? {} : { cookie: this.cookie }),
        ...(body === null ? {} : { origin: this.#origin() }),
      },
      body,
      redirect: 'manual',
    })
    for (const set of response.headers.getSetCookie()) {
      this.cookies.push(set)
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=')
      this.#jar?.set(name, value)
    }
    return response
  }

  /** What it sends back. */
  get cookie(): string {
    const pairs = [...(this.#jar ?? [])].filter(([, value]) => value !== '')
    return pairs.map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Browsers hide the origin on a page with this policy, in its own forms too (Fetch, 3.1). */
  #origin(): string {
    const hidden = this.headers.get('referrer-policy') === 'no-referrer'
    return hidden ? 'null' : new URL(this.url).origin
  }

  async #show(response: Response, url: URL): Promise<this> {
    this.status = response.status
    this.headers = response.headers
    this.url = url.href
    this.html = await response.text()
    const isHtml = response.headers.get('content-type')?.includes('html') ?? false
    this.$ = load(isHtml ? this.html : '')
    return this
  }

  /** Says on which page something was missing. */
  #on<T>(act: () => T): T {
    try {
      return act()
    } catch (fault) {
      const page = `${this.url} (${this.status} “${this.title}”)`
      throw new Error(`${(fault as Error).message}\n  at ${page}`, { cause: fault })
    }
  }
}

function locationOf(response: Response, url: URL): URL | null {
  const location = response.headers.get('location')
  const isRedirect = response.status >= 300 && response.status < 400
  return isRedirect && location !== null ? new URL(location, url) : null
}
