// The addresses that the router offers, so that a new page is held to a rule without anybody thinking of it.
import assert from 'node:assert/strict'
import type { Router } from 'express'

/** What stands for each parameter, by '/folder/:name'; more than one, where the page depends on it. */
export type Samples = Record<string, string[]>

export function patternsOf(router: Router): string[] {
  return router.stack.flatMap(({ route }) => {
    const isGet = route?.stack.some((layer) => layer.method === 'get') ?? false
    return route && isGet ? [route.path] : []
  })
}

export function addressesOf(pattern: string, samples: Samples): string[] {
  const parameter = /[:*]\w+/.exec(pattern)?.[0]
  if (parameter === undefined) return [pattern]
  const folder = pattern.split('/')[1]
  const values = samples[`/${folder}/${parameter}`]
  assert.ok(values, `This test needs a sample for ${parameter} of ${pattern}`)
  return values.flatMap((value) => addressesOf(pattern.replace(parameter, value), samples))
}
