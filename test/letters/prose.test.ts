// The text of a statement as data for Typst.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proseOf } from '../../src/letters/prose.ts'

const words = (text: string) => ({ is: 'text', text })

test('paragraphs keep emphasis, links and line breaks', () => {
  assert.deepEqual(proseOf('We **ask** *you*\nto [read](https://a.example)\\\nthis `x`.'), [
    {
      is: 'paragraph',
      parts: [
        words('We '),
        { is: 'strong', parts: [words('ask')] },
        words(' '),
        { is: 'emphasis', parts: [words('you')] },
        words(' '),
        words('to '),
        { is: 'link', href: 'https://a.example', parts: [words('read')] },
        { is: 'break' },
        words('this '),
        { is: 'code', text: 'x' },
        words('.'),
      ],
    },
  ])
})

test('headings begin at the first level and skip none', () => {
  const levels = proseOf('# One\n\n### Two\n\n# Three').map(
    (block) => block.is === 'heading' && block.level,
  )
  assert.deepEqual(levels, [1, 2, 1])
})

test('lists nest and begin where they were told to', () => {
  const [list] = proseOf('3. three\n   - inside\n4. four')
  assert.ok(list?.is === 'numbers')
  assert.deepEqual([list.start, list.tight, list.items.length], [3, true, 2])
  assert.equal(list.items[0]?.[1]?.is, 'bullets')
})

test('raw HTML and what would be Typst stay words', () => {
  assert.deepEqual(proseOf('<b>#import "x"</b>'), [
    { is: 'paragraph', parts: [words('<b>#import "x"</b>')] },
  ])
})

test('quotes, code and rules', () => {
  assert.deepEqual(proseOf('> said\n\n---\n\n    code'), [
    { is: 'quote', blocks: [{ is: 'paragraph', parts: [words('said')] }] },
    { is: 'rule' },
    { is: 'code', text: 'code' },
  ])
})
