// What speaks for abuse and how much (product.md S-6). Pure: counts in, signals out. No signal but the
// trap is enough alone; above all not a shared network, and how fast somebody types is not looked at.

export type AbuseFlag =
  /** a field that people do not see was filled in */
  | 'honeypot'
  /** mailboxes that are thrown away */
  | 'disposable-domain'
  /** very many mailboxes of one small domain within an hour */
  | 'domain-burst'
  /** the same name typed for many mailboxes */
  | 'repeated-text'
  /** very many mailboxes from one network */
  | 'crowded-network'

/** What was seen of one sign-on; the counts are of different mailboxes, within about an hour. */
export interface Seen {
  isTrapped: boolean
  isDisposable: boolean
  /** 0 for a big provider: its domain says nothing */
  ofDomain: number
  ofText: number
  /** 0 when the network is not known */
  ofNetwork: number
  /** a proof of work that was asked for; to have none says nothing: Tor Browser runs no scripts */
  hasProof: boolean
}

/** From how many mailboxes on it is a signal. */
export const many = { ofDomain: 500, ofText: 20, ofNetwork: 1000 } as const

export const weights: Readonly<Record<AbuseFlag, number>> = {
  honeypot: 100,
  'domain-burst': 60,
  'disposable-domain': 50,
  'repeated-text': 50,
  'crowded-network': 40,
}
const solvedProof = -30
export const threshold = 100

export function signalsOf(seen: Seen): AbuseFlag[] {
  const signals: [AbuseFlag, boolean][] = [
    ['honeypot', seen.isTrapped],
    ['disposable-domain', seen.isDisposable],
    ['domain-burst', seen.ofDomain >= many.ofDomain],
    ['repeated-text', seen.ofText >= many.ofText],
    ['crowded-network', seen.ofNetwork >= many.ofNetwork],
  ]
  return signals.filter(([, isSeen]) => isSeen).map(([flag]) => flag)
}

/** The signals of a suspect; nothing is held against anybody below the threshold. */
export function suspicionsOf(seen: Seen): AbuseFlag[] {
  const signals = signalsOf(seen)
  const sum = signals.reduce((total, signal) => total + weights[signal], 0)
  // who fell into the trap is a machine, however well it calculates
  const proof = seen.hasProof && !seen.isTrapped ? solvedProof : 0
  return sum + proof >= threshold ? signals : []
}

export function isAbuse(flag: string): flag is AbuseFlag {
  return Object.hasOwn(weights, flag)
}
