// The template engine: EJS compiled once per file, unknown names throw, parts are found under
// views/. Express's own `res.render` is not used, because it would pass loose, untyped locals.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'
import type { Locals, MailLocals, RenderedMail } from './page.ts'
import { strictModel } from './strict-model.ts'

export interface Views {
  /** The view inside layout.ejs, a whole HTML document. */
  page(name: string, locals: Locals): string
  /** The three parts of a mail; the subject is one line. */
  mail(name: string, locals: MailLocals): RenderedMail
}

type Escape = (value: unknown) => string
type Include = (name: string, view?: object) => string
type Template = (locals: object) => string
interface Inside {
  include: Include
  body: string | null
}

const LOCALS = ['page', 'view', 't', 'format', 'paths', 'include', 'body']
const HTML_ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function print(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new TypeError(`A view printed a value of type ${typeof value}`)
}

const escapeHtml: Escape = (value) =>
  print(value).replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character)

/** For subjects and text parts, where an `&amp;` would be read by people. */
const escapeNothing: Escape = print

/** Opens the folder of templates; with `strictModels` reading an unknown property throws. */
export function openViews(options: { folder: string; strictModels: boolean }): Views {
  const compiled = new Map<string, Template>()
  const model = options.strictModels ? strictModel : <T>(value: T) => value

  function template(file: string, escape: Escape): Template {
    const known = compiled.get(file)
    if (known !== undefined) return known
    const filename = join(options.folder, file)
    const made = ejs.compile(readFileSync(filename, 'utf8').trimEnd(), {
      filename,
      escape,
      strict: true,
      // keeps our `include` in a scope of its own, where it hides the one of EJS
      compileDebug: true,
      destructuredLocals: LOCALS,
    })
    compiled.set(file, made)
    return made
  }

  function render(name: string, escape: Escape, locals: object, body: string | null): string {
    const include: Include = (part, view) =>
      render(part, escape, view === undefined ? locals : { ...locals, view: model(view) }, null)
    const inside: Inside = { include, body }
    return template(`${name}.ejs`, escape)({ ...locals, ...inside })
  }

  return {
    page(name, locals) {
      const strict = { ...locals, page: model(locals.page), view: model(locals.view) }
      return render('layout', escapeHtml, strict, render(name, escapeHtml, strict, null))
    },
    mail(name, locals) {
      const strict = { ...locals, page: model(locals.page), view: model(locals.view) }
      const part = (kind: string, escape: Escape) =>
        render(`mail/${name}.${kind}`, escape, strict, null)
      const framed = (kind: string, escape: Escape) =>
        render(`mail/frame.${kind}`, escape, strict, part(kind, escape))
      return {
        // one line; the no-break space that French sets before a colon stays
        subject: part('subject', escapeNothing)
          .replaceAll(/[\t-\r\u0085\u2028\u2029 ]+/g, ' ')
          .trim(),
        text: `${framed('text', escapeNothing).trim()}\n`,
        html: framed('html', escapeHtml),
      }
    },
  }
}
