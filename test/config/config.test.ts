import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readConfig, settings, SettingsFault } from '../../src/config.ts'
import { openShell } from '../support/command.ts'

const key = 'k'.repeat(32)
const production = {
  NODE_ENV: 'production',
  SMTP_URL: 'smtp://mail.example.org',
  SECRET_KEY: key,
  BASE_URL: 'https://signon.example.org',
}

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (fault) {
    assert.ok(fault instanceof SettingsFault)
    return fault.faults
  }
}

describe('without any setting', () => {
  test('the defaults are those of product.md §7', () => {
    const config = readConfig({})
    assert.deepEqual(config.database, { kind: 'sqlite', file: 'var/undersigned.db' })
    const { baseUrl, smtpUrl, secretKey, trustProxy, hasLimits, nodeEnv } = config
    assert.deepEqual(
      { baseUrl, smtpUrl, secretKey, trustProxy, hasLimits, nodeEnv },
      {
        baseUrl: 'http://127.0.0.1:3000',
        smtpUrl: null,
        secretKey: null,
        trustProxy: 0,
        hasLimits: true,
        nodeEnv: 'development',
      },
    )
  })

  test('the settings are those of product.md §7, in its order, and what was added since', () => {
    assert.equal(
      settings.map(({ name }) => name).join(' '),
      'BASE_URL HOST PORT DATABASE_URL SMTP_URL MAIL_FROM SECRET_KEY TRUST_PROXY ' +
        'PAGE_MAX_AGE DEFAULT_LANGUAGE SITE_NAME LIMITS PDF PDF_FONTS ONION_URL METRICS_TOKEN ' +
        'LOG_LEVEL NODE_ENV',
    )
  })
})

describe('a wrong value', () => {
  for (const [name, value] of [
    ['BASE_URL', 'signon.example.org'],
    ['BASE_URL', 'https://example.org/path'],
    ['BASE_URL', 'javascript:alert(1)'],
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite://relative.db'],
    ['DATABASE_URL', 'postgres://'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'https://mail.example.org'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@b.example\r\nBcc: x@y.example'],
    ['SECRET_KEY', 'short'],
    ['METRICS_TOKEN', 'too-short'],
    ['METRICS_TOKEN', 'a token with spaces in it'],
    ['TRUST_PROXY', 'true'],
    ['DEFAULT_LANGUAGE', 'tlh'],
    ['DEFAULT_LANGUAGE', '../en'],
    ['LIMITS', 'no'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'live'],
  ] as const) {
    test(`of ${name} (${JSON.stringify(value)}) is told, with the setting's name`, () => {
      const faults = faultsOf({ [name]: value })
      assert.equal(faults.length, 1, faults.join('\n'))
      assert.ok(faults[0]?.startsWith(name), faults[0])
    })
  }

  test('is not the only one told: all faults come at once, and no secret with them', async () => {
    const env = {
      PORT: 'x',
      LIMITS: 'x',
      SECRET_KEY: 'too-short-secret',
      SMTP_URL: 'http://user:hidden@x',
    }
    assert.equal(faultsOf(env).length, 4)
    const { code, stdout, stderr } = await openShell(env).run('serve')
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^The settings have faults:\n(?: {2}- [A-Z_]+ .*\n){4}$/)
    assert.doesNotMatch(stderr, /too-short-secret|hidden/)
  })
})

describe('NAME_FILE', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'undersigned-config-'))
  })
  after(() => rmSync(folder, { recursive: true }))
  const fileWith = (text: string) => {
    const file = join(folder, `secret-${text.length}`)
    writeFileSync(file, text)
    return file
  }

  test('reads a secret from a file, without the line end', () => {
    assert.equal(readConfig({ SECRET_KEY_FILE: fileWith(`${key}\n`) }).secretKey, key)
  })

  test('is a fault along with NAME, when it cannot be read, and when it is empty', () => {
    const both = faultsOf({ SECRET_KEY: key, SECRET_KEY_FILE: fileWith(key) })
    assert.match(both.join(), /SECRET_KEY and SECRET_KEY_FILE are both set/)
    const missing = faultsOf({ SECRET_KEY_FILE: join(folder, 'nowhere') })
    assert.match(missing.join(), /nowhere, which cannot be read/)
    assert.match(faultsOf({ SECRET_KEY_FILE: fileWith('\n') }).join(), /which is empty/)
  })
})

describe('in production', () => {
  test('the start is refused without a mail server, without a key, and without limits', () => {
    assert.deepEqual(faultsOf(production), [])
    const { SMTP_URL: _, SECRET_KEY: __, ...rest } = production
    const faults = faultsOf({ ...rest, LIMITS: 'off' })
    assert.deepEqual(
      faults.map((fault) => fault.split(/[ =]/)[0]),
      ['SECRET_KEY', 'SMTP_URL', 'LIMITS'],
    )
  })
})
