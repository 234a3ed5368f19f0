// What the script of the form does for visitors with JavaScript: it reads the calculation from the
// page and does it, with the same solver.
import assert from 'node:assert/strict'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { load } from 'cheerio'
import type { TestSite } from './site.ts'

export interface Proof {
  challenge: Parameters<typeof solveChallenge>[0]['challenge']
  solution: { counter: number; derivedKey: string; time: number }
}

/** @returns a solved proof from a fresh form */
export async function solvedProof({ address }: TestSite, slug: string): Promise<Proof> {
  const response = await fetch(`${address}/statements/${slug}/endorse?as=individual`)
  const asked = load(await response.text())('input[name=proof]').attr('data-challenge')
  const challenge = JSON.parse(asked ?? '') as Proof['challenge']
  const solution = await solveChallenge({ challenge, deriveKey })
  assert.ok(solution)
  return { challenge, solution: { time: 0, ...solution } }
}
