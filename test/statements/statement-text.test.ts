import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { checkText, renderText, textHash } from '../../src/statements/statement-text.ts'

const linesOf = (body: string, firstLine = 1) => checkText(body, firstLine).map(({ line }) => line)

function headings(body: string): string[] {
  const found = renderText(body).matchAll(/<h(\d)>(.)<\/h\1>/g)
  return [...found].map(([, level, name]) => `${name}${level}`)
}

describe('the text is refused for', () => {
  const links = [
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](&#x6A;avascript&colon;alert(1))',
    '[x](<java\tscript:alert(1)>)',
    '[x]( <javascript:alert(1)> )',
    '[x](javascript\\:alert(1))',
    '<javascript:alert(1)>',
    '<data:text/html,x>',
    '[x][a]\n\n[a]: vbscript:x',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](/\\evil.example)',
    '[x](\\\\\\\\evil.example)',
    '[x](https:///evil.example)',
    '[x](https:evil.example)',
    '[x](https:\\\\evil.example)',
    '[x](https://good.example\\@evil.example)',
    '[x](https://good.example@evil.example)',
    '[x](mailto:a@b.example?bcc=c@d.example)',
    '[x](mailto:a@b.example%0ABcc:c@d.example)',
    '[x](page.html)',
    '[x](/page)',
    '[x](?q=1)',
    '[x]()',
  ]
  for (const body of links) {
    test(`the link ${JSON.stringify(body)}`, () => {
      const [fault, ...others] = checkText(body)
      assert.match(fault?.message ?? '', /^The link to “.*” is not allowed\. Write a whole address/)
      assert.deepEqual(others, [])
      assert.doesNotMatch(renderText(body), /href="[^"]/)
    })
  }

  test('raw HTML, on the line it stands on', () => {
    assert.deepEqual(linesOf('One\n\n<div>\ntwo\n</div>', 10), [12])
    assert.deepEqual(linesOf('One\ntwo <b>x</b>', 10), [11])
    assert.deepEqual(linesOf('- a\n- b <!-- c\n  d --> <i>', 10), [11, 12])
    assert.match(checkText('<script>x</script>')[0]?.message ?? '', /<script>.*write \\<\.$/)
  })

  test('pictures', () => {
    assert.match(checkText('\n![x](https://a.example/b.png)')[0]?.message ?? '', /^Pictures/)
  })

  test('hidden characters, also when they are written as references', () => {
    assert.deepEqual(linesOf('a\n\nb\u202Ec\n\u0007'), [3, 4])
    assert.deepEqual(linesOf('a\nb &#x202E; c'), [2])
    assert.deepEqual(linesOf('a\u2028b'), [1])
    assert.match(checkText('\u202E')[0]?.message ?? '', /U\+202E, which turns the direction/)
  })

  test('its length, and for more links than a page can carry', () => {
    assert.match(checkText('a'.repeat(200_001), 7)[0]?.message ?? '', /200001 characters/)
    assert.match(checkText('[a][b] '.repeat(1001) + '\n\n[b]: #c')[0]?.message ?? '', /1000 links/)
  })
})

test('what may be linked is linked, without handing on where the reader came from', () => {
  const body =
    '[a](https://a.example/?b=c#d) <me@b.example> [e](#f) [g](mailto:h@i.example?subject=J)'
  assert.deepEqual(checkText(body), [])
  assert.equal(
    renderText(body),
    '<p><a href="https://a.example/?b=c#d" rel="noopener noreferrer">a</a> ' +
      '<a href="mailto:me@b.example" rel="noopener noreferrer">me@b.example</a> ' +
      '<a href="#f">e</a> ' +
      '<a href="mailto:h@i.example?subject=J" rel="noopener noreferrer">g</a></p>\n',
  )
})

test('a less-than sign, code that shows HTML and any script are text like any other', () => {
  const body = '1 < 2 & 3\n\n`<b>`\n\n    <i>\n\nرسالة مفتوحة\u200F، Привет\u200Dé'
  assert.deepEqual(checkText(body), [])
  assert.match(renderText(body), /1 &lt; 2 &amp; 3.*<code>&lt;b&gt;<\/code>/s)
})

test('headings begin below the title and skip no level', () => {
  assert.deepEqual(headings('# a\n## b\n### c\n# d'), ['a2', 'b3', 'c4', 'd2'])
  assert.deepEqual(headings('## a\n#### b\n## c'), ['a2', 'b3', 'c2'])
  assert.deepEqual(headings('### a\n# b\n###### c\n## d'), ['a2', 'b2', 'c3', 'd3'])
  assert.deepEqual(headings('# a\n## b\n### c\n#### d\n##### e\n###### f').at(-1), 'f6')
  assert.deepEqual(headings('a\n===\n\n> ## b'), ['a2', 'b3'])
})

test('whatever is rendered holds no tag but those of CommonMark and no link but the allowed', () => {
  const known =
    /^<\/?(?:p|h[2-6]|ul|ol|li|blockquote|pre|code|em|strong|a|hr|br)(?: (?:href|rel|title|class|start)="[^"<>]*")*(?: \/)?>$/
  const pieces = [
    '<',
    '>',
    '"',
    "'",
    '[x](',
    ')',
    '![',
    '](',
    'javascript:',
    '//e',
    '`',
    '\n',
    '&lt;',
  ]
  const body = fc.array(
    fc.oneof(fc.constantFrom(...pieces, '&#106;', '*', '# ', '> '), fc.string()),
  )
  fc.assert(
    fc.property(
      body.map((parts) => parts.join('')),
      (text) => {
        const html = renderText(text)
        for (const [tag] of html.matchAll(/<[^>]*>?/g)) assert.match(tag, known)
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) {
          assert.match(href ?? '', /^(?:https?:\/\/|mailto:|#|$)/i)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('the hash names title, summary and text, however their letters are composed', () => {
  const text = { title: 'Café', summary: '', body: 'We ask.' }
  // printf '["Café","","We ask."]' | sha256sum
  assert.equal(textHash(text), '74a2b0d88506bf4b8cf1e3e8e74719d70a1fc416d78a2b409f4811fe6c6806c1')
  assert.equal(textHash({ ...text, title: text.title.normalize('NFD') }), textHash(text))
  assert.notEqual(textHash({ title: 'Café', summary: 'We ask.', body: '' }), textHash(text))
})
