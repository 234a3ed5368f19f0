// Reads the fields of one statement file and says in plain words what is wrong with each.

import { closest, distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { parseZonedTime } from '../text/dates.ts'
import { authoritativeFields, isSetting, knownFields, translationFields } from './file-fields.ts'
import type { AuthoritativeFields, TranslationFields } from './file-fields.ts'
import type { FieldPath } from './front-matter.ts'

export interface FieldFault {
  path: FieldPath
  message: string
}

export type ReadFields<Fields> = { ok: true; fields: Fields } | { ok: false; faults: FieldFault[] }

type Raw = Record<string, unknown>
type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

export function readAuthoritativeFields(raw: Raw): ReadFields<AuthoritativeFields> {
  const times = closesTooEarly(raw)
  const parsed = authoritativeFields.safeParse(withoutEmpty(raw), { error: explain })
  if (parsed.success && times.length === 0) return { ok: true, fields: parsed.data }
  return { ok: false, faults: [...(parsed.error?.issues ?? []).flatMap(faultsOf), ...times] }
}

export function readTranslationFields(raw: Raw): ReadFields<TranslationFields> {
  const parsed = translationFields.safeParse(withoutEmpty(raw), { error: explain })
  if (parsed.success) return { ok: true, fields: parsed.data }
  return { ok: false, faults: parsed.error.issues.flatMap(faultsOf) }
}

/** `closes_at:` with nothing behind it means the same as no such line. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (value === null || typeof value !== 'object') return value
  const given = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(given.map(([key, inner]) => [key, withoutEmpty(inner)]))
}

/** Looked at apart from the other rules, so that it is told even when another field is wrong. */
function closesTooEarly(raw: Raw): FieldFault[] {
  const [opens, closes] = [instantOf(raw['opens_at']), instantOf(raw['closes_at'])]
  if (opens === null || closes === null || closes > opens) return []
  const message = '“closes_at” is not after “opens_at”. Correct one of the two.'
  return [{ path: ['closes_at'], message }]
}

function instantOf(value: unknown): string | null {
  const parsed = typeof value === 'string' ? parseZonedTime(value.trim()) : null
  return parsed?.ok ? parsed.instant : null
}

function faultsOf(issue: Issue): FieldFault[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code !== 'unrecognized_keys') {
    return [{ path, message: `${nameOf(path)} ${issue.message}` }]
  }
  return issue.keys.map((key) => ({ path: [...path, key], message: unknownField(path, key) }))
}

function nameOf(path: FieldPath): string {
  return path.map((step) => (typeof step === 'number' ? `no. ${step + 1}` : `“${step}”`)).join(', ')
}

function unknownField(path: FieldPath, key: string): string {
  if (path.length === 0 && isSetting(key)) {
    return `“${key}” is a setting, and settings belong only in the authoritative file. Delete it here.`
  }
  const known = knownFields(path[0] === undefined ? undefined : String(path[0]))
  return `There is no field “${key}”.${suggestion(key, known)} Known fields: ${known.join(', ')}.`
}

/** The message of a rule that has none of its own; it goes on after the name of the field. */
function explain(issue: RawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing. Add it.'
  if (issue.code === 'invalid_type') return typeAdvice[issue.expected]
  if (issue.code === 'too_big') return `has more than ${issue.maximum} entries. Take some out.`
  if (issue.code !== 'invalid_value') return undefined
  const choices = issue.values.map(String)
  const near = typeof issue.input === 'string' ? suggestion(issue.input, choices) : ''
  return `must be one of ${choices.join(', ')}.${near}`
}

const typeAdvice: Record<string, string> = {
  string: 'must be text. Put it in double quotes.',
  boolean: 'must be true or false, without quotes.',
  array: 'must be a list. Begin each entry with “- ”.',
  object: 'must be a group of fields, such as { name: "…" }.',
}

function suggestion(word: string, known: string[]): string {
  const nearest = closest(word, known)
  const isNear = distance(word, nearest) <= Math.max(2, Math.floor(nearest.length / 3))
  return isNear && word !== nearest ? ` Did you mean “${nearest}”?` : ''
}
