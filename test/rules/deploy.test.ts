// The service, the container and the compose file start the same program with settings that it knows.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readConfig, settings } from '../../src/config.ts'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

interface Service {
  environment: Record<string, string>
  read_only?: boolean
  cap_drop?: string[]
  ports?: string[]
}

const { services } = parse(read('compose.yaml')) as { services: Record<string, Service> }
const program = /--max-semi-space-size=\d+ --heap-growing-percent=\d+ .*src\/cli\.ts serve/

test('npm start, the service and the container start the program in the same way', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } }
  const started = program.exec(scripts.start)?.[0]
  const service = program.exec(read('deploy/undersigned.service'))?.[0]
  assert.equal(service?.replace('--env-file=/etc/undersigned/settings.env ', ''), started)
  const container = [...read('Dockerfile').matchAll(/^(?:ENTRYPOINT|CMD) (\[.*\])$/gm)]
  const words = container.flatMap(([, list = '']) => JSON.parse(list) as string[])
  assert.equal(words.join(' '), `node ${started}`)
})

test('the container runs as nobody who could change the program, on a version of Node that it takes', () => {
  const dockerfile = read('Dockerfile')
  assert.match(dockerfile, /^USER node$/m)
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  const least = Number(/\d+/.exec(engines.node)?.[0])
  const versions = [...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map(([, version]) => version)
  assert.ok(versions.length > 0 && versions.every((version) => Number(version) >= least))
})

test('what is not the program stays out of the image', () => {
  const lines = read('.dockerignore').split('\n')
  assert.ok(lines.includes('*'))
  for (const secret of ['.env', 'secret.key', 'var', '.git', 'node_modules', 'test']) {
    assert.ok(!lines.includes(`!${secret}`), secret)
  }
  assert.deepEqual(
    ['.env', 'secret.key'].filter((name) => !read('.gitignore').split('\n').includes(name)),
    [],
  )
})

test('the compose file shuts the site in, and only the web server can be reached', () => {
  const { site, database, web } = services
  assert.ok(site && database && web)
  assert.deepEqual([site.read_only, site.cap_drop], [true, ['ALL']])
  assert.deepEqual([site.ports, database.ports], [undefined, undefined])
  assert.ok(web.ports?.length)
})

/** What operating.md tells to write into .env. */
function exampleEnv(): Record<string, string> {
  const block = /<!-- example: \.env -->\n+```sh\n(.*?)^```$/ms.exec(read('docs/operating.md'))?.[1]
  const lines = (block ?? '').matchAll(/^([A-Z_]+)='(.*)'$/gm)
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value] as const))
}

test('the settings of the compose file and of its documentation are complete', () => {
  const env = exampleEnv()
  const { environment = {} } = services['site'] ?? {}
  const filled = Object.entries(environment).map(
    ([name, value]) =>
      [name, value.replaceAll(/\$\{(\w+)[^}]*\}/g, (_, key: string) => env[key] ?? '')] as const,
  )
  const { SECRET_KEY_FILE, ...all } = { ...env, ...Object.fromEntries(filled) }
  assert.ok(SECRET_KEY_FILE)
  const known = new Set(settings.map(({ name }) => name).concat('DOMAIN', 'DATABASE_PASSWORD'))
  assert.deepEqual(new Set(Object.keys(all)).difference(known), new Set())
  const config = readConfig({ ...all, SECRET_KEY: 'k'.repeat(32) })
  assert.equal(config.baseUrl, 'https://signon.example.org')
  assert.deepEqual([config.database.kind, config.trustProxy], ['postgres', 1])
})

test('nginx keeps no trace of visitors, sends no form twice, and lets go of connections before the site', () => {
  const nginx = read('deploy/nginx.conf')
  const servers = nginx.match(/^server \{/gm)?.length
  assert.equal(nginx.match(/^\taccess_log off;$/gm)?.length, servers)
  assert.match(nginx, /^\terror_log \S+ emerg;$/m)
  assert.match(nginx, /^\t\tproxy_next_upstream error timeout;$/m)
  assert.match(nginx, /^\t\tproxy_set_header X-Forwarded-For \$remote_addr;$/m)
  const kept = Number(/keepAliveMs = (\d+)_000/.exec(read('src/main.ts'))?.[1])
  const keptByNginx = Number(/^\tkeepalive_timeout (\d+)s;$/m.exec(nginx)?.[1])
  assert.ok(keptByNginx < kept, `${keptByNginx} < ${kept}`)
})
