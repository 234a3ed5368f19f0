// Watches what is signed, for as long as it takes to see a flood: which sign-ons wait for a
// coordinator (product.md S-6), which mails wait their turn (M-5, S-8), and when to raise the alarm.
// Everything is in memory, under daily hashes; nothing of it is stored (P-4).
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'
import type { Config } from '../config.ts'
import type { Clock } from '../context.ts'
import type { Processes } from '../processes/processes.ts'
import { type EmailAddress, isFreeMailbox } from '../text/email-address.ts'
import { openDailyHash } from './daily-hash.ts'
import { publicNetworkOf } from './networks.ts'
import { Pacer } from './pacer.ts'
import { Distinct, Recent } from './recent.ts'
import { type AbuseFlag, many, type Seen, suspicionsOf } from './signals.ts'

/** What a form brings along besides its answers; none of it is kept. */
export interface Origin {
  /** the visitor's address; null when a form does not come from the web */
  ip: string | null
  hasProof: Seen['hasProof']
}

export interface Watched extends Origin {
  statementId: string
  address: EmailAddress
  /** the name and affiliation, folded */
  text: string
  isTrapped: boolean
}

export interface Judged {
  /** empty below the threshold */
  flags: AbuseFlag[]
  mailDueAt: Date
  /** so much that the operator should know */
  isFlood: boolean
}

export interface Watch {
  judge(watched: Watched): Judged
}

const halfAnHour = 30 * 60_000
/** as long as the next mail to a mailbox has to wait anyway (product.md M-5) */
const tenMinutes = 10 * 60_000
/** half the time that stays for confirming after the deadline (product.md M-9) */
const longestWait = 12 * 60 * 60_000
/** so often a person does not send the same form within ten minutes */
const mostForms = 30

/** How many mails go at once, and how many a minute after that. */
const paces = {
  statement: { burst: 1500, perMinute: 1000 },
  network: { burst: 300, perMinute: 60 },
  /** one domain from one network: so that a crowd of one domain holds up no other behind the same address */
  domainOfNetwork: { burst: 60, perMinute: 10 },
} as const

interface Needs {
  clock: Clock
  config: Config
  /** the paces are those of the whole site, and shared out among the processes that serve it */
  processes: Pick<Processes, 'doing'>
}

export function openWatch({ clock, config, processes }: Needs): Watch {
  const sight = openSight(clock)
  const mailTurns = openMailTurns()
  return {
    judge(watched) {
      const now = clock.now()
      if (!config.hasLimits) return { flags: [], mailDueAt: now, isFlood: false }
      const keys = sight.keysOf(watched)
      const turn = mailTurns.take(keys, now.getTime(), processes.doing('serves'))
      return {
        flags: suspicionsOf(sight.seen(watched, keys, now.getTime())),
        mailDueAt: new Date(turn.dueAt),
        isFlood: turn.isFlood,
      }
    },
  }
}

interface Keys {
  statement: string
  mailbox: string
  domain: string
  text: string
  /** null when it says nothing */
  network: string | null
}

/** Counts different mailboxes by domain, text and network. */
function openSight(clock: Clock) {
  const hash = openDailyHash(clock)
  const disposable = disposableEmailBlocklistSet()
  const mailboxes = {
    ofDomain: new Distinct(halfAnHour, many.ofDomain),
    ofText: new Distinct(halfAnHour, many.ofText),
    ofNetwork: new Distinct(halfAnHour, many.ofNetwork),
  }
  return {
    keysOf({ statementId, address, text, ip }: Watched): Keys {
      const network = ip === null ? null : publicNetworkOf(ip)
      return {
        statement: statementId,
        mailbox: hash(`mailbox\0${address.canonical}`),
        domain: hash(`domain\0${address.domain}`),
        text: hash(`text\0${text}`),
        network: network === null ? null : hash(`network\0${network}`),
      }
    },
    seen({ address, isTrapped, hasProof }: Watched, keys: Keys, now: number): Seen {
      const { mailbox, domain, text, network } = keys
      const isFree = isFreeMailbox(address.domain)
      return {
        isTrapped,
        isDisposable: disposable.has(address.domain),
        ofDomain: isFree ? 0 : mailboxes.ofDomain.add(domain, mailbox, now),
        ofText: mailboxes.ofText.add(text, mailbox, now),
        ofNetwork: network === null ? 0 : mailboxes.ofNetwork.add(network, mailbox, now),
        hasProof,
      }
    },
  }
}

/** Gives each mail its turn. A mailbox that is typed again gets no other mail, so it keeps its turn. */
function openMailTurns() {
  const statements = new Pacer(paces.statement)
  const networks = new Pacer(paces.network)
  const domains = new Pacer(paces.domainOfNetwork)
  const turns = new Recent<{ dueAt: number; forms: number }>(tenMinutes)

  /** What waits in the narrowest lane takes no place in the wider ones. */
  const waitOf = ({ statement, network, domain }: Keys, now: number, machines: number): number =>
    (network !== null && domains.take(`${network} ${domain}`, now, machines)) ||
    (network !== null && networks.take(network, now, machines)) ||
    statements.take(statement, now, machines)

  return {
    take(keys: Keys, now: number, machines: number): { dueAt: number; isFlood: boolean } {
      const key = `${keys.statement} ${keys.mailbox}`
      const { current, previous } = turns.of(key, now)
      const known = current ?? previous
      const forms = (known?.forms ?? 0) + 1
      const dueAt = known
        ? Math.max(known.dueAt, now)
        : now + Math.min(longestWait, waitOf(keys, now, machines))
      turns.note(key, { dueAt, forms }, now)
      return { dueAt, isFlood: dueAt > now || forms > mostForms }
    },
  }
}
