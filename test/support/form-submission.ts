// What a browser sends for a form: its successful controls, in order, and where to.
import type { CheerioAPI } from 'cheerio'

export type Selection = ReturnType<typeof select>
export type Submission = { url: URL; body: URLSearchParams | null }

/** @param body null for a form that is sent by GET */
export function submissionOf($: CheerioAPI, button: Selection, page: string): Submission {
  const form = formOf($, button)
  if (form.length === 0) throw new Error(`The button ${collapsed(button.text())} is in no form.`)
  const action = button.attr('formaction') ?? form.attr('action') ?? ''
  const url = new URL(action || page, page)
  const method = (button.attr('formmethod') ?? form.attr('method') ?? 'get').toLowerCase()
  const entries = new URLSearchParams(entriesOf($, form, button))
  if (method === 'post') return { url, body: entries }
  url.search = entries.toString()
  return { url, body: null }
}

/** The form around an element, or the one its `form` attribute names. */
export function formOf($: CheerioAPI, control: Selection): Selection {
  const id = control.attr('form')
  if (id === undefined) return control.closest('form')
  return select($, 'form').filter((_, form) => $(form).attr('id') === id)
}

export function select($: CheerioAPI, selector: string) {
  return $(selector)
}

export function each($: CheerioAPI, selector: string): Selection[] {
  return select($, selector)
    .toArray()
    .map((element) => $(element))
}

export function collapsed(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

function entriesOf($: CheerioAPI, form: Selection, button: Selection): [string, string][] {
  const controls = each($, 'input, select, textarea, button')
  return controls.flatMap((control) => {
    const name = control.attr('name')
    if (!name || !formOf($, control).is(form) || isDisabled(control)) return []
    return valuesOf($, control, control.is(button)).map((value): [string, string] => [
      name,
      value.replaceAll(/\r\n|\r|\n/g, '\r\n'),
    ])
  })
}

function isDisabled(control: Selection): boolean {
  return control.is('[disabled]') || control.closest('fieldset[disabled]').length > 0
}

function valuesOf($: CheerioAPI, control: Selection, pressed: boolean): string[] {
  if (control.is('textarea')) return [control.text()]
  if (control.is('select')) return chosenOptions($, control)
  const type = control.is('button') ? 'submit' : (control.attr('type') ?? 'text').toLowerCase()
  if (['submit', 'button', 'reset', 'image', 'file'].includes(type) && !pressed) return []
  const checkable = type === 'checkbox' || type === 'radio'
  if (checkable && !control.is('[checked]')) return []
  return [control.attr('value') ?? (checkable ? 'on' : '')]
}

function chosenOptions($: CheerioAPI, control: Selection): string[] {
  const options = control.find('option:not([disabled])')
  const marked = options.filter('[selected]')
  const chosen = marked.length > 0 || control.is('[multiple]') ? marked : options.first()
  return chosen.toArray().map((option) => $(option).attr('value') ?? collapsed($(option).text()))
}
