// The fields of a statement file (product.md §5), each with its rule and a message that says what
// to do. Pure: YAML values in, typed values or faults out.

import { z } from 'zod'
import { isCountryCode } from '../text/countries.ts'
import { parsePreciseDate, parseZonedTime } from '../text/dates.ts'
import { findUnsafeCharacters } from '../text/unsafe-characters.ts'
import { isWebAddress } from './links.ts'
import { convenorRoles, kinds, reviewChoices, signerChoices, visibilities } from './statement.ts'

type Check = (text: string) => string | null

/** A single line of text: trimmed, NFC, without hidden characters; '' only for `minimum` 0. */
function line(longest: number, minimum: 0 | 1 = 1, check: Check = () => null) {
  return z.string().transform((typed, context) => {
    const text = typed.trim().normalize('NFC')
    const message = lineFault(text, longest, minimum) ?? check(text)
    if (message === null) return text
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

function lineFault(text: string, longest: number, minimum: number): string | null {
  if (text.length < minimum) return 'is empty. Write something, or leave the field out.'
  if (text.length > longest) return `is longer than ${longest} characters. Shorten it.`
  if (/[\r\n]/.test(text)) return 'has several lines. Write it in one; “>-” joins folded lines.'
  const [unsafe] = findUnsafeCharacters(text, 'one line')
  return unsafe ? `has a hidden character: ${unsafe.description}. Delete it.` : null
}

const slug = line(80, 1, (text) =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
    ? null
    : 'may only have lower-case letters a–z and digits, in words joined by hyphens.',
)

const url = line(2000, 1, (text) =>
  isWebAddress(text) ? null : 'is not a web address. Write it whole, beginning with https://.',
)

const country = line(200, 1, (text) =>
  isCountryCode(text) ? null : 'is not a country code. Write two capital letters, such as KE.',
)

/** `dated: 2018` without quotes is a number to YAML, and meant all the same. */
const dated = z
  .union([z.string(), z.number().transform(String)], { error: 'must be a date such as 2018-09.' })
  .transform((text, context) => {
    const parsed = parsePreciseDate(text.trim())
    if (parsed.ok) return parsed.value
    context.addIssue({ code: 'custom', message: `is wrong. ${parsed.message}` })
    return z.NEVER
  })

const zonedTime = z.string().transform((text, context) => {
  const parsed = parseZonedTime(text.trim())
  if (parsed.ok) return { instant: parsed.instant, zone: parsed.zone }
  context.addIssue({ code: 'custom', message: `is wrong. ${parsed.message}` })
  return z.NEVER
})

const convenor = z.strictObject({
  name: line(200),
  acronym: line(40).optional(),
  role: z.enum(convenorRoles).optional(),
  url: url.optional(),
})

const addressee = z
  .strictObject({
    name: line(200).optional(),
    office: line(200).optional(),
    body: line(200).optional(),
    country: country.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, {
    error: 'is empty. Give at least one of name, office, body and country.',
  })

const originallyPublished = z.strictObject({ name: line(200), url: url.optional() })

/** What every language file has. */
export const translationFields = z.strictObject({
  title: line(300),
  summary: line(2000, 0).default(''),
  authoritative: z.boolean().default(false),
})

/** What the authoritative file has: the text's fields and the settings of the statement. */
export const authoritativeFields = translationFields.extend({
  slug,
  kind: z.enum(kinds),
  convenors: z.array(convenor).max(200).default([]),
  addressees: z.array(addressee).max(500).default([]),
  topics: z.array(line(80)).max(50).default([]),
  signers: z.enum(signerChoices).default('both'),
  visibility_default: z.enum(visibilities).default('listed'),
  discreet: z.boolean().default(false),
  review: z.enum(reviewChoices).default('none'),
  dated: dated.optional(),
  opens_at: zonedTime.optional(),
  closes_at: zonedTime.optional(),
  embargo_until: zonedTime.optional(),
  originally_published: originallyPublished.optional(),
})

export type TranslationFields = z.output<typeof translationFields>
export type AuthoritativeFields = z.output<typeof authoritativeFields>

/** The fields that may stand at the top, or inside a group such as `convenors`. */
export function knownFields(group: string | undefined): string[] {
  if (group === 'convenors') return Object.keys(convenor.shape)
  if (group === 'addressees') return Object.keys(addressee.shape)
  if (group === 'originally_published') return Object.keys(originallyPublished.shape)
  return Object.keys(authoritativeFields.shape)
}

export function isSetting(field: string): boolean {
  return (
    knownFields(undefined).includes(field) && !Object.keys(translationFields.shape).includes(field)
  )
}
