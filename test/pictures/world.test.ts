// The map is the one that its script makes, and every country is on it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { world } from '../../src/pictures/world.ts'
import { countriesIn } from '../../src/text/countries.ts'
import { worldFile } from '../support/world-shapes.ts'

test('the map is made by its script from Natural Earth', async () => {
  const kept = readFileSync(new URL('../../src/pictures/world.json', import.meta.url), 'utf8')
  assert.equal(kept, await worldFile())
})

test('every country that somebody can sign from is on it', () => {
  const missing = countriesIn('en').filter(
    ({ code }) => !(code in world.shapes) && !(code in world.points),
  )
  // Antarctica is cut off
  assert.deepEqual(
    missing.map(({ code }) => code),
    ['AQ'],
  )
})

test('small countries can be seen, and lie within the picture', () => {
  for (const code of ['MT', 'MU', 'SG', 'LU', 'PS', 'WS', 'RE'])
    assert.ok(code in world.points, code)
  for (const [code, [x = -1, y = -1]] of Object.entries(world.points)) {
    assert.ok(x >= 0 && x <= world.width && y >= 0 && y <= world.height, code)
  }
})
