// The form's fields (product.md §4): untrusted text becomes a sign-on, or faults by field.
import type { Statement } from '../statements/stored-statement.ts'
import { visibilities, type Visibility } from '../statements/statement.ts'
import { isCountryCode } from '../text/countries.ts'
import { type EmailAddress, type EmailFault, parseEmailAddress } from '../text/email-address.ts'
import { checkLine, checkName, type NameFault } from '../text/names.ts'
import type { SignOn } from './endorse.ts'
import {
  type Details,
  type Endorsement,
  type EndorserType,
  type Flag,
  organisationKinds,
} from './endorsement.ts'

export const fields = [
  'type',
  'name',
  'acronym',
  'country',
  'website',
  'organisation_kind',
  'affiliation',
  'role',
  'email',
  'contact_name',
  'contact_role',
  'visibility',
  'authorised',
  'consent',
  'updates',
] as const
export type Field = (typeof fields)[number]

/** What was typed, untouched, so that nothing is lost when the form comes back. */
export type Values = Record<Field, string>

export type Reason =
  | Exclude<NameFault, 'required'>
  | EmailFault
  | 'unknown'
  | 'closed'
  /** the private page: the mailbox already endorsed under this name */
  | 'taken'

export interface FormFault {
  field: Field
  reason: Reason
  /** of the field, in characters */
  longest: number
}

/** Filled in only by machines. */
export const honeypot = 'fax_number'
/** Filled in only by a script; see src/abuse/proofs.ts. */
export const proof = 'proof'

/** The private page notes in it how visible the endorsement was when it was shown. */
export const visibilityShown = 'visibility_shown'

const longestLine = 200
const longestUrl = 500

export type FormBody = Record<string, unknown>

export function readValues(body: FormBody): Values {
  const text = (field: Field) => {
    const value = body[field]
    return typeof value === 'string' ? value : ''
  }
  return Object.fromEntries(fields.map((field) => [field, text(field)])) as Values
}

export function emptyValues(type: EndorserType, statement: Statement): Values {
  return { ...readValues({}), type, visibility: defaultVisibility(type, statement) }
}

/**
 * Organisations are listed unless they choose otherwise; for individuals the statement says. Where
 * names were taken out of public view, nobody's comes back into it by a default.
 */
function defaultVisibility(
  type: EndorserType,
  statement: Pick<Statement, 'visibilityDefault' | 'namesHidden'>,
): Visibility {
  const proposed = type === 'organisation' ? 'listed' : statement.visibilityDefault
  return isHidden(type, statement) && proposed === 'listed' ? 'withheld' : proposed
}

function isHidden(type: EndorserType, { namesHidden }: Pick<Statement, 'namesHidden'>): boolean {
  return namesHidden === 'everyone' || (namesHidden !== null && type === 'individual')
}

/** Which of the two may sign this statement. */
export function typesFor(statement: Pick<Statement, 'signers'>): EndorserType[] {
  switch (statement.signers) {
    case 'both':
      return ['organisation', 'individual']
    case 'organisations':
      return ['organisation']
    case 'individuals':
      return ['individual']
  }
}

export function typeFrom(value: unknown): EndorserType | null {
  return value === 'organisation' || value === 'individual' ? value : null
}

export type ReadForm<T> = { ok: true; value: T } | { ok: false; faults: FormFault[] }

class Reading {
  readonly faults: FormFault[] = []

  fault(field: Field, reason: Reason, longest = longestLine): void {
    this.faults.push({ field, reason, longest })
  }

  line(values: Values, field: Field, isRequired = false): string | null {
    const checked = checkLine(values[field], longestLine)
    if (!checked.ok) this.fault(field, checked.fault)
    else if (checked.value === '' && isRequired) this.fault(field, 'required')
    return checked.ok && checked.value !== '' ? checked.value : null
  }

  tick(values: Values, field: Field, isRequired: boolean): boolean {
    const isTicked = ['yes', 'on', 'true', '1'].includes(values[field])
    if (isRequired && !isTicked) this.fault(field, 'required')
    return isTicked
  }

  done<T>(value: T): ReadForm<T> {
    return this.faults.length === 0 ? { ok: true, value } : { ok: false, faults: this.faults }
  }
}

/** The whole form, as it is sent to sign on. */
export function readSignOn(body: FormBody, statement: Statement): ReadForm<SignOn> {
  const values = readValues(body)
  const reading = new Reading()
  const type = typeFrom(values.type)
  if (type === null) reading.fault('type', 'required')
  else if (!typesFor(statement).includes(type)) reading.fault('type', 'closed')
  const otherwise = defaultVisibility(type ?? 'individual', statement)
  const entry = readEntry(reading, values, type ?? 'individual', otherwise)
  const address = readAddress(reading, values)
  if (type === 'organisation') reading.tick(values, 'authorised', true)
  reading.tick(values, 'consent', true)
  const isMachine = typeof body[honeypot] === 'string' && body[honeypot] !== ''
  return reading.done({
    ...entry,
    type: type ?? 'individual',
    address: address as EmailAddress,
    flags: isMachine ? [...entry.flags, 'honeypot' as const] : entry.flags,
  })
}

/** A sign-on that a coordinator brings: the evidence stands for the ticks. */
export interface BroughtSignOn extends Omit<SignOn, 'address'> {
  /** null: somebody who signed on paper, say; only a coordinator can confirm it */
  address: EmailAddress | null
}

/** A row of a sheet, by the rules of the form; the contact person may be missing. */
export function readBrought(
  body: FormBody,
  statement: Statement,
  needsAddress: boolean,
): ReadForm<BroughtSignOn> {
  const values = readValues(body)
  const reading = new Reading()
  const type = typeFrom(values.type)
  if (type === null) reading.fault('type', 'required')
  else if (!typesFor(statement).includes(type)) reading.fault('type', 'closed')
  const signer = type ?? 'organisation'
  const otherwise = defaultVisibility(signer, statement)
  const entry = readEntry(reading, values, signer, otherwise, false)
  const hasAddress = needsAddress || values.email.trim() !== ''
  const address = hasAddress ? readAddress(reading, values) : null
  // where names were taken out of public view, a coordinator brings none into it (product.md P-2)
  const isOut = entry.visibility === 'listed' && isHidden(signer, statement)
  const visibility = isOut ? 'withheld' : entry.visibility
  return reading.done({ ...entry, visibility, type: signer, address })
}

export type Entry = Omit<SignOn, 'type' | 'address'>

/**
 * What was typed on the private page. Who left the visibility as the page showed it has not chosen it:
 * a name that was hidden while the page was open stays hidden (product.md P-2).
 */
export function readTyped(
  body: FormBody,
  { type, visibility }: Pick<Endorsement, 'type' | 'visibility'>,
): Values {
  const values = { ...readValues(body), type }
  const isAsShown = values.visibility === body[visibilityShown]
  return isAsShown ? { ...values, visibility } : values
}

/** What an endorser may correct later: everything but who they are and where their mail goes. */
export function readCorrection(
  values: Values,
  {
    type,
    visibility,
    isContactForgotten,
  }: Pick<Endorsement, 'type' | 'visibility' | 'isContactForgotten'>,
): ReadForm<Entry> {
  const reading = new Reading()
  const entry = readEntry(reading, values, type, visibility, !isContactForgotten)
  return reading.done(entry)
}

/** @param visibility when the field is missing: never more public than what was chosen or set */
function readEntry(
  reading: Reading,
  values: Values,
  type: EndorserType,
  visibility: Visibility,
  needsContact = true,
): Entry {
  const name = checkName(values.name, type)
  if (!name.ok) reading.fault('name', name.fault)
  const flags: Flag[] = name.ok ? name.flags : []
  const own = name.ok ? name.value : ''
  const details =
    type === 'organisation'
      ? organisationDetails(reading, values, own, needsContact)
      : individualDetails(reading, values, own)
  return {
    details,
    country: readCountry(reading, values, type),
    visibility: readVisibility(reading, values, visibility),
    flags,
    updates: reading.tick(values, 'updates', false),
  }
}

const noDetails = {
  acronym: null,
  website: null,
  organisationKind: null,
  contactName: null,
  contactRole: null,
  affiliation: null,
  role: null,
}

function organisationDetails(
  reading: Reading,
  values: Values,
  name: string,
  needsContact: boolean,
): Details {
  return {
    ...noDetails,
    name,
    acronym: reading.line(values, 'acronym'),
    website: readWebsite(reading, values),
    organisationKind: readKind(reading, values),
    contactName: reading.line(values, 'contact_name', needsContact),
    contactRole: reading.line(values, 'contact_role'),
  }
}

function individualDetails(reading: Reading, values: Values, name: string): Details {
  const affiliation = reading.line(values, 'affiliation')
  return { ...noDetails, name, affiliation, role: reading.line(values, 'role') }
}

function readCountry(reading: Reading, values: Values, type: EndorserType): string {
  const typed = values.country.trim()
  const code = typed.length === 2 ? typed.toUpperCase() : typed.toLowerCase()
  const special = type === 'organisation' ? ['regional', 'international'] : ['undisclosed']
  if (code === '') reading.fault('country', 'required')
  else if (!isCountryCode(code) && !special.includes(code)) reading.fault('country', 'unknown')
  return code
}

function readVisibility(reading: Reading, values: Values, otherwise: Visibility): Visibility {
  const value = values.visibility === '' ? otherwise : values.visibility
  const found = visibilities.find((each) => each === value)
  if (!found) reading.fault('visibility', 'unknown')
  return found ?? 'withheld'
}

function readKind(reading: Reading, values: Values): Details['organisationKind'] {
  if (values.organisation_kind === '') return null
  const found = organisationKinds.find((kind) => kind === values.organisation_kind)
  if (!found) reading.fault('organisation_kind', 'unknown')
  return found ?? null
}

/** `www.example.org` is what people type; it is kept with a scheme. */
function readWebsite(reading: Reading, values: Values): string | null {
  const typed = values.website.trim()
  if (typed === '') return null
  const url = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  const isPlain = isWeb && new URL(url).hostname.includes('.') && new URL(url).username === ''
  if (!isPlain || /\s/.test(typed)) reading.fault('website', 'invalid')
  else if (url.length > longestUrl) reading.fault('website', 'too-long', longestUrl)
  return isPlain ? new URL(url).href : null
}

function readAddress(reading: Reading, values: Values): EmailAddress | null {
  const address = parseEmailAddress(values.email)
  if (!address.ok) reading.fault('email', address.fault)
  return address.ok ? address.value : null
}
