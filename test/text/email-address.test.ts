import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { isFreeMailbox, parseEmailAddress, suggestAddress } from '../../src/text/email-address.ts'
import type { EmailAddress, EmailFault } from '../../src/text/email-address.ts'

function read(typed: string): EmailAddress {
  const parsed = parseEmailAddress(typed)
  assert.ok(parsed.ok, typed)
  return parsed.value
}

describe('an address that is accepted', () => {
  test('keeps for sending exactly what was typed', () => {
    assert.deepEqual(read('  Maria.Lopez+x@Gmail.COM '), {
      typed: 'Maria.Lopez+x@Gmail.COM',
      canonical: 'marialopez@gmail.com',
      domain: 'gmail.com',
    })
  })

  test('may be written in any script', () => {
    assert.equal(read('иван@пример.рф').domain, 'xn--e1afmkfd.xn--p1ai')
    assert.equal(read('иван@XN--E1AFMKFD.xn--p1ai').canonical, read('Иван@Пример.РФ').canonical)
    assert.equal(read('zoe\u0308@a.example').canonical, read('zo\u00EB@a.example').canonical)
  })

  test('may have an apostrophe, a plus, and a reserved domain', () => {
    for (const typed of ["o'neil@ngo.example", 'a+b@x.example', 'a_b-c@sub.x-y.org']) read(typed)
  })
})

describe('an address that is refused', () => {
  const cases: [string, EmailFault][] = [
    ['', 'required'],
    ['   ', 'required'],
    ['a', 'invalid'],
    ['@x.org', 'invalid'],
    ['a@localhost', 'invalid'],
    ['a..b@x.org', 'invalid'],
    ['.a@x.org', 'invalid'],
    ['a.@x.org', 'invalid'],
    ['a@x..org', 'invalid'],
    ['a@-x.org', 'invalid'],
    ['a@x.org.', 'invalid'],
    ['a@x_y.org', 'invalid'],
    ['a@x.o', 'invalid'],
    ['a b@x.org', 'invalid'],
    ['a@b@x.org', 'invalid'],
    ['"a b"@x.org', 'invalid'],
    ['a@[192.0.2.1]', 'invalid'],
    ['a@192.0.2.1', 'invalid'],
    ['a@x.org\r\nBcc: y@z.example', 'invalid'],
    ['a\n@x.org', 'invalid'],
    ['a@x.org\u0000.org', 'invalid'],
    ['Ann <a@x.org>', 'invalid'],
    ['a@x.org,b@x.org', 'invalid'],
    ['a@x。org', 'invalid'],
    ['a\u202E@x.org', 'invalid'],
    [`${'a'.repeat(65)}@x.org`, 'too-long'],
    [`${'я'.repeat(33)}@x.org`, 'too-long'],
    [`a@${'x.'.repeat(130)}org`, 'too-long'],
  ]
  for (const [typed, fault] of cases) {
    test(`${JSON.stringify(typed).slice(0, 40)} is ${fault}`, () => {
      assert.deepEqual(parseEmailAddress(typed), { ok: false, fault })
    })
  }

  test('nothing accepted holds white space, a control character or a second @', () => {
    const nasty = fc.constantFrom(...Array.from('ab@.+ \r\n\t\0",;:<>()[]\\\u2028\u0085x'))
    fc.assert(
      fc.property(fc.string({ unit: nasty, maxLength: 12 }), (text) => {
        const parsed = parseEmailAddress(`${text}@x.org`)
        if (parsed.ok) assert.match(parsed.value.typed, /^[^\s\p{Cc}@",;:<>()[\]\\]+@x\.org$/u)
      }),
    )
  })
})

describe('one mailbox', () => {
  const same: [string, string][] = [
    ['a.b.c+news@gmail.com', 'ABC@googlemail.com'],
    ['a-b_c.d@pm.me', 'abcd+x@protonmail.com'],
    ['ivan.petrov@ya.ru', 'ivan-petrov@yandex.com'],
    ['a+b@icloud.com', 'a@me.com'],
    ['a+b@outlook.com', 'a@outlook.com'],
    ['a+b@fastmail.com', 'A@fastmail.com'],
    ['a+b@zoho.com', 'a@zoho.com'],
    ['A@NGO.example', 'a@ngo.example'],
  ]
  for (const [one, other] of same) {
    test(`${one} is ${other}`, () => assert.equal(read(one).canonical, read(other).canonical))
  }

  const different: [string, string][] = [
    ['a+b@ngo.example', 'a@ngo.example'],
    ['a.b@outlook.com', 'ab@outlook.com'],
    ['a@outlook.com', 'a@hotmail.com'],
    ['a.b@icloud.com', 'ab@icloud.com'],
    ['a@mail.ru', 'a@yandex.ru'],
  ]
  for (const [one, other] of different) {
    test(`${one} is not ${other}`, () =>
      assert.notEqual(read(one).canonical, read(other).canonical))
  }

  test('canonical forms stay as they are when read again', () => {
    for (const [one] of [...same, ...different]) {
      assert.equal(read(read(one).canonical).canonical, read(one).canonical)
    }
  })
})

describe('a suggestion', () => {
  const cases: [string, string | null][] = [
    ['x@gmial.com', 'x@gmail.com'],
    ['First.Last@gmal.com', 'First.Last@gmail.com'],
    ['x@gmail.con', 'x@gmail.com'],
    ['x@hotmial.com', 'x@hotmail.com'],
    ['x@outlok.com', 'x@outlook.com'],
    ['x@yandx.ru', 'x@yandex.ru'],
    ['x@mali.ru', 'x@mail.ru'],
    ['x@protonmial.con', null],
    ['x@gmail.com', null],
    ['x@mail.com', null],
    ['x@ymail.com', null],
    ['x@ngo.example', null],
    ['x@mal.ru', null],
  ]
  for (const [typed, expected] of cases) {
    test(`${typed} → ${expected ?? 'none'}`, () => {
      assert.equal(suggestAddress(read(typed)), expected)
    })
  }
})

test('a free mailbox proves no organisation', () => {
  for (const domain of ['gmail.com', 'outlook.com', 'mail.ru', 'proton.me', 'riseup.net']) {
    assert.ok(isFreeMailbox(domain), domain)
  }
  assert.equal(isFreeMailbox('ngo.example'), false)
})
