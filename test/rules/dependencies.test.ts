// What comes from elsewhere runs nothing while it is installed, unless we decided that it may.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))

const { allowScripts, dependencies } = read('package.json') as {
  allowScripts: Record<string, boolean>
  dependencies: Record<string, string>
}
const { packages } = read('package-lock.json') as {
  packages: Record<string, { hasInstallScript?: boolean; resolved?: string; integrity?: string }>
}
const installed = Object.entries(packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13)

test('every dependency with an install script is known, and decided upon', () => {
  assert.ok(installed.length > 100, 'the lock file is read')
  const undecided = installed.filter(
    ([path, { hasInstallScript }]) =>
      hasInstallScript === true && !Object.hasOwn(allowScripts, nameOf(path)),
  )
  assert.deepEqual(undecided, [])
})

test('nobody is on that list who is not installed', () => {
  const names = new Set(installed.map(([path]) => nameOf(path)))
  assert.deepEqual(new Set(Object.keys(allowScripts)).difference(names), new Set())
})

test('nothing that the site itself needs runs a script while it is installed', () => {
  const allowed = Object.keys(dependencies).filter((name) => allowScripts[name] === true)
  assert.deepEqual(allowed, [])
})

test('every dependency comes from a registry, as exactly what was locked', () => {
  const doubtful = installed.filter(
    ([, { resolved = 'https://registry.npmjs.org/', integrity }]) =>
      !resolved.startsWith('https://registry.npmjs.org/') || !integrity?.startsWith('sha512-'),
  )
  assert.deepEqual(
    doubtful.map(([path]) => path),
    [],
  )
  for (const [name, version] of Object.entries(dependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, `${name} is named with its exact version`)
  }
})
