// Finds and sets the fields of a parsed page, as somebody at a keyboard would.
import type { CheerioAPI } from 'cheerio'
import { collapsed, each, formOf, select } from './form-submission.ts'
import type { Selection } from './form-submission.ts'

/** A visible text; `name=value` of a button; an address of a link; or a pattern for either. */
export type Target = string | RegExp

const fields = 'input:not([type=hidden], [type=submit], [type=button]), select, textarea'
const buttons = 'button:not([type=button], [type=reset]), input[type=submit]'

export function fillField($: CheerioAPI, name: string, value: string): void {
  const field = fieldNamed($, name)
  const type = field.attr('type')
  if (field.is('textarea')) field.text(value)
  else if (field.is('select') || type === 'radio') choose($, name, value)
  else if (type === 'checkbox') throw new Error(`${name} is a checkbox: tick it.`)
  else field.attr('value', value)
}

export function setTick($: CheerioAPI, name: string, ticked: boolean): void {
  const field = fieldNamed($, name)
  if (field.attr('type') !== 'checkbox') throw new Error(`${name} is not a checkbox.`)
  if (ticked) field.attr('checked', 'checked')
  else field.removeAttr('checked')
}

/** Chooses one of several radio buttons, or an option of a select, by value. */
export function choose($: CheerioAPI, name: string, value: string): void {
  const field = fieldNamed($, name)
  const isSelect = field.is('select')
  const mark = isSelect ? 'selected' : 'checked'
  const all = isSelect ? field.find('option') : field
  const chosen = all.filter((_, one) => valueOf($(one)) === value)
  if (chosen.length === 0) {
    const offered = all.toArray().map((one) => valueOf($(one)))
    throw new Error(`${name} does not offer ${value}, only ${offered.join(', ')}.`)
  }
  all.removeAttr(mark)
  chosen.first().attr(mark, mark)
}

/** Without a name: the first button of the only form in the main part of the page. */
export function findButton($: CheerioAPI, target?: Target): Selection {
  const all = each($, `main :is(${buttons})`)
  const shown = all.length > 0 ? all : each($, buttons)
  const fitting = target === undefined ? shown : everywhere($, target)
  const [first, ...others] = fitting
  if (!first || others.some((other) => !formOf($, other).is(formOf($, first)))) {
    const known = each($, buttons).map(labelOfButton)
    const problem = first ? 'Several forms have' : 'There is no'
    throw new Error(`${problem} button ${String(target ?? '')}. Buttons: ${known.join(' | ')}`)
  }
  return first
}

export function findLink($: CheerioAPI, target: Target): Selection {
  const links = each($, 'a[href]')
  const found = links.find((link) => fits(target, collapsed(link.text()), link.attr('href')))
  if (found) return found
  const known = links.map((link) => `${collapsed(link.text())} → ${link.attr('href')}`)
  throw new Error(`There is no link ${String(target)}. Links: ${known.join(' | ')}`)
}

function everywhere($: CheerioAPI, target: Target): Selection[] {
  return each($, buttons).filter((button) =>
    fits(target, labelOfButton(button), `${button.attr('name')}=${button.attr('value')}`),
  )
}

function fits(target: Target, ...texts: (string | undefined)[]): boolean {
  return texts.some((text) =>
    typeof target === 'string' ? text === target : text !== undefined && target.test(text),
  )
}

function fieldNamed($: CheerioAPI, name: string): Selection {
  const all = each($, fields)
  const found = select($, fields).filter((_, field) => $(field).attr('name') === name)
  if (found.length === 0) {
    const known = new Set(all.map((field) => field.attr('name') ?? '(without name)'))
    throw new Error(`There is no field ${name}. Fields: ${[...known].join(', ') || 'none'}`)
  }
  const form = formOf($, found.first())
  if (found.toArray().some((field) => !formOf($, $(field)).is(form))) {
    throw new Error(`Several forms have a field ${name}.`)
  }
  return found
}

const valueOf = (option: Selection) => option.attr('value') ?? collapsed(option.text())

function labelOfButton(button: Selection): string {
  const label = button.is('input') ? button.attr('value') : button.text()
  return collapsed(label ?? '') || (button.attr('aria-label') ?? '')
}
