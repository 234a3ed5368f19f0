// Whether other mail servers can believe what is sent in MAIL_FROM's name: SPF (RFC 7208), DKIM
// (RFC 6376), DMARC (RFC 7489). Without them confirmation mails end up in spam folders.
import { Resolver } from 'node:dns/promises'
import { domainToASCII } from 'node:url'
import { parse } from 'tldts'
import type { Config } from '../config.ts'
import { type Finding, ok, problem } from './findings.ts'

export interface AskDns {
  resolver: Resolver
  /** the name of the key that the mail server signs with; null: not known */
  selector: string | null
}

export const systemDns = (): Resolver => new Resolver({ timeout: 3000, tries: 2 })

export async function senderFindings(
  { mailFrom, nodeEnv }: Pick<Config, 'mailFrom' | 'nodeEnv'>,
  { resolver, selector }: AskDns,
): Promise<Finding[]> {
  const domain = domainToASCII(mailFrom.replace(/>$/, '').split('@').at(-1) ?? '')
  if (parse(domain).isIcann !== true) return [notPublic(domain, nodeEnv)]
  const ask = (name: string) => askTexts(resolver, name)
  return Promise.all([
    spfFinding(domain, ask),
    selector === null ? anyKeyFinding(domain, ask) : keyFinding(domain, selector, ask),
    dmarcFinding(domain, ask),
  ])
}

function notPublic(domain: string, nodeEnv: Config['nodeEnv']): Finding {
  if (nodeEnv !== 'production') return ok('sender', `${domain} is no public domain: not looked up`)
  return problem(
    'sender',
    `nobody can answer to ${domain}. Set MAIL_FROM to an address in a domain of yours.`,
  )
}

/** `nothing`: the name is there, or something below it, but it has no texts. */
type Answer =
  | { state: 'texts'; texts: string[] }
  | { state: 'nothing' | 'no-such-name' }
  | { state: 'failed'; code: string }
type Ask = (name: string) => Promise<Answer>

async function askTexts(resolver: Resolver, name: string): Promise<Answer> {
  try {
    const records = await resolver.resolveTxt(name)
    return { state: 'texts', texts: records.map((parts) => parts.join('')) }
  } catch (fault) {
    const { code = 'unknown' } = fault as { code?: string }
    if (code === 'ENODATA') return { state: 'nothing' }
    return code === 'ENOTFOUND' ? { state: 'no-such-name' } : { state: 'failed', code }
  }
}

const textsIn = (answer: Answer, kind: RegExp) =>
  answer.state === 'texts' ? answer.texts.filter((text) => kind.test(text)) : []

function unanswered(name: string, code: string): Finding {
  return problem(name, `the name server gives no answer (${code}). Look again later.`)
}

async function spfFinding(domain: string, ask: Ask): Promise<Finding> {
  const answer = await ask(domain)
  if (answer.state === 'failed') return unanswered('spf', answer.code)
  const [text, ...others] = textsIn(answer, /^v=spf1(?: |$)/i)
  if (text === undefined) {
    const what = `${domain} does not say who may send mail in its name, so anybody could.`
    return problem('spf', `${what} Add the TXT record that your mail provider names for SPF.`)
  }
  if (others.length > 0) {
    const what = `${domain} has ${others.length + 1} SPF records, which counts as none.`
    return problem('spf', `${what} Write what they say into a single one.`)
  }
  if (/ \+?all\b/i.test(text)) {
    const what = `${domain} lets everybody send mail in its name ("${text}").`
    return problem('spf', `${what} Let its SPF record end in "~all" or "-all".`)
  }
  return ok('spf', `${domain} says who may send in its name; is your mail server there? "${text}"`)
}

async function keyFinding(domain: string, selector: string, ask: Ask): Promise<Finding> {
  const name = `${selector}._domainkey.${domain}`
  const answer = await ask(name)
  if (answer.state === 'failed') return unanswered('dkim', answer.code)
  const [text] = textsIn(answer, /(?:^|;)\s*p=/i)
  if (text === undefined) {
    const what = `there is no key at ${name}, so nobody can check your signatures.`
    return problem('dkim', `${what} Add the TXT record that your mail provider names for DKIM.`)
  }
  if (/(?:^|;)\s*p=\s*(?:;|$)/i.test(text)) {
    const what = `the key at ${name} was taken back.`
    return problem('dkim', `${what} Let your mail server sign with another one.`)
  }
  return ok('dkim', `the key "${selector}" is there`)
}

/** The names of keys cannot be listed, but where nothing is below _domainkey, there is none (RFC 8020). */
async function anyKeyFinding(domain: string, ask: Ask): Promise<Finding> {
  const answer = await ask(`_domainkey.${domain}`)
  if (answer.state === 'failed') return unanswered('dkim', answer.code)
  if (answer.state === 'no-such-name') {
    const what = `${domain} has no key to sign mails with.`
    const todo = 'Switch DKIM on at your mail provider, and add the TXT record that it names.'
    return problem('dkim', `${what} ${todo}`)
  }
  return ok('dkim', `${domain} has keys; "doctor --dkim SELECTOR" looks for the one that you use`)
}

/** A domain without a policy of its own has that of the one it belongs to. */
async function dmarcFinding(domain: string, ask: Ask): Promise<Finding> {
  const above = parse(domain).domain ?? domain
  for (const each of new Set([domain, above])) {
    const answer = await ask(`_dmarc.${each}`)
    if (answer.state === 'failed') return unanswered('dmarc', answer.code)
    const [text, ...others] = textsIn(answer, /^v=DMARC1\s*(?:;|$)/i)
    if (text === undefined) continue
    if (others.length === 0) return policyFinding(each, text)
    const what = `${each} has ${others.length + 1} DMARC records, which counts as none.`
    return problem('dmarc', `${what} Keep one.`)
  }
  const what = `${domain} does not say what becomes of mails that others send in its name.`
  const todo = `Add the TXT record "v=DMARC1; p=none" at _dmarc.${domain}, at first`
  return problem('dmarc', `${what} ${todo}; big mail providers ask for one.`)
}

function policyFinding(domain: string, text: string): Finding {
  const policy = /;\s*p=\s*(none|quarantine|reject)\b/i.exec(text)?.[1]
  if (policy !== undefined) return ok('dmarc', `${domain} has a policy (p=${policy.toLowerCase()})`)
  const what = `the DMARC record of ${domain} names no policy ("${text}").`
  return problem('dmarc', `${what} Write "v=DMARC1; p=none", at least.`)
}
