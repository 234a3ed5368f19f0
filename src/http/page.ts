// What every view is given: the page around it, the words, the formats and the addresses.

import type { Formats } from '../languages/formats.ts'
import type { Direction, Translate } from '../languages/languages.ts'
import type { Paths } from '../paths.ts'

/** A text whose language may differ from the language of the page. */
export interface Lang {
  text: string
  lang: string
  dir: Direction
}

/** One fault of a form; `field` is the name of the control it links to, `message` is translated. */
export interface Fault {
  field: string
  message: string
}
export type Faults = Fault[]

export interface Paging {
  page: number
  pages: number
  total: number
  previous: string | null
  next: string | null
}

/** This page in one interface language. */
export interface Alternate {
  language: string
  /** the language's own name */
  name: string
  dir: Direction
  /** path */
  href: string
  /** absolute URL, for hreflang */
  absolute: string
  current: boolean
}

export interface DeskLink {
  label: string
  href: string
  isCurrent: boolean
}

interface StatementFrame {
  title: string
  lang: string
  overview: DeskLink
  /** by what a coordinator is at */
  groups: { group: string; label: string; links: DeskLink[] }[]
}

/** What stands around the pages of the desk. */
export interface DeskFrame {
  /** who is signed in */
  name: string
  /** every form carries it (src/desk/form-key.ts) */
  formKey: string
  /** where to sign out */
  signOut: string
  /** the second factor was shown where it must be: only then is there somewhere to go */
  isComplete: boolean
  links: DeskLink[]
  /** the statement that the page is about, and its pages */
  statement: StatementFrame | null
}

export interface Page {
  title: string
  description: string | null
  siteName: string
  language: string
  dir: Direction
  isDefaultLanguage: boolean
  /** absolute; null on private pages */
  canonical: string | null
  alternates: Alternate[]
  /** the title starts with "Error:", translated (product.md §4) */
  hasFaults: boolean
  /** noindex (product.md M-4) */
  isPrivate: boolean
  livePath: string | null
  /** where to go to when nobody must see this page; null where nothing is discreet */
  exitHref: string | null
  isDemo: boolean
  /** what everyone must know at present: signing or mail is paused, nothing can be changed */
  notices: string[]
  mailboxPath: string | null
  /** null on everything that is not the desk */
  desk: DeskFrame | null
  /** style sheets, by the names of their files */
  sheets: string[]
}

export interface Locals {
  page: Page
  view: object
  t: Translate
  format: Formats
  paths: Paths
}

export interface MailPage {
  siteName: string
  /** what must be known about what it tells of */
  notices: string[]
  language: string
  dir: Direction
}

/** The locals of a mail; its paths are absolute URLs. */
export interface MailLocals {
  page: MailPage
  view: object
  t: Translate
  format: Formats
  paths: Paths
}

export interface RenderedMail {
  subject: string
  text: string
  html: string
}
