// The optional proof of work: a browser with JavaScript calculates for about a second, which one
// person does not notice and a flood does. It only ever speaks for somebody: nothing is held against
// those without one (see signals.ts), because Tor Browser and old phones run no scripts.
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { Clock } from '../context.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { openDailyHash } from './daily-hash.ts'
import { Recent } from './recent.ts'

/** What a form carries: a calculation to do, and the result that was sent already ('' for none). */
export interface ProofField {
  challenge: string
  sent: string
}

export interface Proofs {
  /** null where the statement asks for none */
  ask(statement: Statement, sent: unknown): Promise<ProofField | null>
  /** Whether it is right, in time, for this statement, and not used for another mailbox. */
  isGiven(statement: Statement, address: EmailAddress, sent: unknown): Promise<boolean>
}

/**
 * 256 attempts on average, of 4000 rounds each: a million rounds take a phone about a second and a
 * server 0.2 s; checking takes it 1 ms. PBKDF2, because browsers have it built in: whoever writes a
 * program of their own is hardly faster.
 */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 4000, keyPrefix: '00' } as const

/** long enough for a form that is put aside and finished after lunch */
const lifetime = 2 * 60 * 60_000

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/)
const proofShape = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.string(),
      cost: z.number(),
      data: z.object({ expires: z.number() }),
      keyLength: z.number(),
      keyPrefix: z.string(),
      nonce: hex,
      salt: hex,
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
})
type Proof = z.infer<typeof proofShape>

export function openProofs({ vault, clock }: { vault: Vault; clock: Clock }): Proofs {
  // a key for each statement, so that no proof for one is good for another
  const keyFor = ({ id }: Statement) => vault.hash('proof', id, 'challenge')
  const uses = openUses(clock)
  return {
    async ask(statement, sent) {
      if (!statement.proofOfWork) return null
      const challenge = await createChallenge({
        ...work,
        deriveKey,
        // not the library's own expiry, which looks at the system's clock
        data: { expires: clock.now().getTime() + lifetime },
        hmacSignatureSecret: keyFor(statement),
      })
      return { challenge: JSON.stringify(challenge), sent: typeof sent === 'string' ? sent : '' }
    },
    async isGiven(statement, address, sent) {
      const proof = statement.proofOfWork ? readProof(sent) : null
      if (!proof || proof.challenge.parameters.data.expires <= clock.now().getTime()) return false
      const hmacSignatureSecret = keyFor(statement)
      const { verified } = await verifySolution({ ...proof, deriveKey, hmacSignatureSecret })
      return verified && uses.claim(proof.challenge.parameters.nonce, address.canonical)
    },
  }
}

function readProof(sent: unknown): Proof | null {
  if (typeof sent !== 'string') return null
  try {
    return proofShape.safeParse(JSON.parse(sent)).data ?? null
  } catch {
    return null
  }
}

/**
 * Which mailbox a proof was used for. In memory only, as a daily hash, until no proof of that time is
 * good any more (product.md P-4). The same form may be sent twice: people press twice, and correct.
 */
function openUses(clock: Clock) {
  const hash = openDailyHash(clock)
  const users = new Recent<string>(lifetime)
  return {
    claim(nonce: string, mailbox: string): boolean {
      const now = clock.now().getTime()
      const user = hash(`proof\0${mailbox}`)
      const { current, previous } = users.of(nonce, now)
      const first = current ?? previous
      if (first === undefined) users.note(nonce, user, now)
      return first === undefined || first === user
    },
  }
}
