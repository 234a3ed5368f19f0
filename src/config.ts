// The settings of product.md §7 as one table: name, default, meaning, reading.
// Every fault is reported at once; a wrong value stops the start.
import { readFileSync } from 'node:fs'
import { isLanguage } from './languages/languages.ts'

export type NodeEnv = 'production' | 'development' | 'test'

export interface Config {
  baseUrl: string
  /** the site as an onion service, for Tor Browser to offer; null: there is none */
  onionUrl: string | null
  /** what whoever reads /metrics must show; null: there is none */
  metricsToken: string | null
  host: string
  port: number
  database: { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string }
  /** null: mails stay in the local mailbox */
  smtpUrl: string | null
  mailFrom: string
  /** null: made once in var/secret.key */
  secretKey: string | null
  trustProxy: number
  /** seconds that a CDN or proxy may keep public pages */
  pageMaxAge: number
  defaultLanguage: string
  siteName: string
  hasLimits: boolean
  hasPdf: boolean
  /** a folder with more fonts for PDF and PNG files; null: there is none */
  pdfFonts: string | null
  logLevel: string
  nodeEnv: NodeEnv
}

export interface Setting {
  name: string
  fallback: string
  doc: string
  isSecret?: boolean
}

export const settings: readonly Setting[] = [
  {
    name: 'BASE_URL',
    fallback: '',
    doc: 'The public address of the site, without a path. Default: http://HOST:PORT',
  },
  { name: 'HOST', fallback: '127.0.0.1', doc: 'The address to listen on' },
  { name: 'PORT', fallback: '3000', doc: 'The port to listen on' },
  {
    name: 'DATABASE_URL',
    fallback: 'sqlite:var/undersigned.db',
    doc: 'sqlite:FILE, or postgres://… for more than one machine',
    isSecret: true,
  },
  {
    name: 'SMTP_URL',
    fallback: '',
    doc: 'smtp://user:password@host:587 or smtps://…; unset: mails stay in /mailbox (refused in production)',
    isSecret: true,
  },
  {
    name: 'MAIL_FROM',
    fallback: '',
    doc: 'The sender, for example: Undersigned <signon@example.org>',
  },
  {
    name: 'SECRET_KEY',
    fallback: '',
    doc: 'At least 32 characters; protects addresses at rest. Unset: made once in var/secret.key (refused in production)',
    isSecret: true,
  },
  { name: 'TRUST_PROXY', fallback: '0', doc: 'How many reverse proxies stand before the site' },
  {
    name: 'PAGE_MAX_AGE',
    fallback: '5',
    doc: 'How many seconds a CDN or proxy may keep public pages (0 to 25)',
  },
  {
    name: 'DEFAULT_LANGUAGE',
    fallback: 'en',
    doc: 'The language of pages without a language prefix',
  },
  { name: 'SITE_NAME', fallback: 'Undersigned', doc: 'The name in the head of every page' },
  { name: 'LIMITS', fallback: 'on', doc: 'on; off for load tests (refused in production)' },
  {
    name: 'PDF',
    fallback: 'on',
    doc: 'on; off where a PDF file of a long list (up to 1 GB of memory for seconds) is too much',
  },
  {
    name: 'PDF_FONTS',
    fallback: '',
    doc: 'A folder with more fonts for PDF and PNG files, for example for Chinese (.ttf, .otf)',
  },
  {
    name: 'ONION_URL',
    fallback: '',
    doc: 'The address of the site as an onion service, for example: http://(56 characters).onion',
  },
  {
    name: 'METRICS_TOKEN',
    fallback: '',
    doc: 'What a program must show to read /metrics. Unset: only programs on this machine can (in production: nobody)',
    isSecret: true,
  },
  { name: 'LOG_LEVEL', fallback: 'info', doc: 'trace, debug, info, warn, error, fatal or silent' },
  { name: 'NODE_ENV', fallback: 'development', doc: 'production, development or test' },
]

/** All faults of the settings, one sentence each. */
export class SettingsFault extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(
      `The settings have ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    )
    this.faults = faults
  }
}

type Env = Record<string, string | undefined>

class Reader {
  readonly faults: string[] = []
  readonly #env: Env
  constructor(env: Env) {
    this.#env = env
  }

  /** The value of a setting, from NAME or the file that NAME_FILE names. */
  text(name: string): string {
    const file = this.#env[`${name}_FILE`]
    const value = this.#env[name]
    if (file && value) this.faults.push(`${name} and ${name}_FILE are both set: keep one of them.`)
    if (file) return this.#fromFile(name, file)
    return value?.trim() || (settings.find((setting) => setting.name === name)?.fallback ?? '')
  }

  #fromFile(name: string, file: string): string {
    try {
      const value = readFileSync(file, 'utf8').trim()
      if (value === '') this.faults.push(`${name}_FILE names ${file}, which is empty.`)
      return value
    } catch {
      this.faults.push(`${name}_FILE names ${file}, which cannot be read.`)
      return ''
    }
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.text(name)
    const found = allowed.find((each) => each === value)
    if (found === undefined)
      this.faults.push(`${name} is "${value}"; it can be ${allowed.join(', ')}.`)
    return found ?? (allowed[0] as T)
  }

  integer(name: string, lowest: number, highest: number): number {
    const value = this.text(name)
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN
    if (number >= lowest && number <= highest) return number
    this.faults.push(
      `${name} is "${value}"; it must be a whole number from ${lowest} to ${highest}.`,
    )
    return lowest
  }

  check(holds: boolean, fault: string): void {
    if (!holds) this.faults.push(fault)
  }
}

/** Reads every setting; throws one SettingsFault that lists all that is wrong. */
export function readConfig(env: Env): Config {
  const read = new Reader(env)
  const host = read.text('HOST')
  const port = read.integer('PORT', 0, 65535)
  const config: Config = {
    host,
    port,
    baseUrl: baseUrlFrom(read, `http://${host.includes(':') ? `[${host}]` : host}:${port}`),
    onionUrl: onionUrlFrom(read),
    metricsToken: read.text('METRICS_TOKEN') || null,
    database: databaseFrom(read),
    smtpUrl: smtpFrom(read),
    mailFrom: mailFromFrom(read),
    secretKey: read.text('SECRET_KEY') || null,
    trustProxy: read.integer('TRUST_PROXY', 0, 10),
    pageMaxAge: read.integer('PAGE_MAX_AGE', 0, 25),
    defaultLanguage: read.text('DEFAULT_LANGUAGE'),
    siteName: read.text('SITE_NAME'),
    hasLimits: read.oneOf('LIMITS', ['on', 'off']) === 'on',
    hasPdf: read.oneOf('PDF', ['on', 'off']) === 'on',
    pdfFonts: read.text('PDF_FONTS') || null,
    logLevel: read.oneOf('LOG_LEVEL', [
      'info',
      'trace',
      'debug',
      'warn',
      'error',
      'fatal',
      'silent',
    ]),
    nodeEnv: read.oneOf('NODE_ENV', ['development', 'production', 'test']),
  }
  checkTogether(read, config)
  if (read.faults.length > 0) throw new SettingsFault(read.faults)
  return config
}

function checkTogether(read: Reader, config: Config): void {
  read.check(
    config.secretKey === null || config.secretKey.length >= 32,
    'SECRET_KEY is too short: use at least 32 characters, for example from "openssl rand -base64 32".',
  )
  read.check(
    config.metricsToken === null || /^[\x21-\x7e]{16,}$/.test(config.metricsToken),
    'METRICS_TOKEN must be 16 characters or more, without spaces: "openssl rand -hex 32" makes one.',
  )
  read.check(
    isLanguage(config.defaultLanguage),
    `DEFAULT_LANGUAGE is "${config.defaultLanguage}", for which there is no catalogue.`,
  )
  if (config.nodeEnv !== 'production') return
  read.check(config.secretKey !== null, 'SECRET_KEY must be set in production.')
  read.check(config.smtpUrl !== null, 'SMTP_URL must be set in production: nobody could confirm.')
  read.check(config.hasLimits, 'LIMITS=off is for load tests and refused in production.')
}

function baseUrlFrom(read: Reader, fallback: string): string {
  const value = read.text('BASE_URL') || fallback
  const url = URL.canParse(value) ? new URL(value) : null
  const isOrigin =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username
  read.check(
    isOrigin,
    `BASE_URL is "${value}"; it must look like https://signon.example.org, without a path.`,
  )
  return isOrigin ? url.origin : fallback
}

function onionUrlFrom(read: Reader): string | null {
  const value = read.text('ONION_URL').replace(/\/$/, '')
  if (value === '') return null
  read.check(
    /^https?:\/\/(?:[a-z0-9-]+\.)*[a-z2-7]{56}\.onion(?::\d{1,5})?$/.test(value),
    `ONION_URL is "${value}"; it must look like http://….onion with 56 characters, without a path.`,
  )
  return value
}

function databaseFrom(read: Reader): Config['database'] {
  const value = read.text('DATABASE_URL')
  if (/^postgres(ql)?:\/\/./.test(value)) return { kind: 'postgres', url: value }
  const file = /^sqlite:(?:\/\/(?=\/)|(?!\/\/))(.+)$/.exec(value)?.[1]
  read.check(file !== undefined, 'DATABASE_URL must be sqlite:FILE or postgres://user@host/name.')
  return { kind: 'sqlite', file: file ?? 'var/undersigned.db' }
}

function smtpFrom(read: Reader): string | null {
  const value = read.text('SMTP_URL')
  if (value === '') return null
  const url = URL.parse(value)
  const isSmtp = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
  read.check(
    isSmtp,
    'SMTP_URL must look like smtp://user:password@mail.example.org:587 or smtps://….',
  )
  return value
}

function mailFromFrom(read: Reader): string {
  const value = read.text('MAIL_FROM') || 'Undersigned <undersigned@localhost>'
  read.check(
    /^[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/.test(value),
    'MAIL_FROM must be an address, or a name and an address: Undersigned <signon@example.org>.',
  )
  return value
}
