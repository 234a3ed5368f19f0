// The table of docs/roles.md, made from the list of the desk's addresses.
// npx node test/support/roles-table.ts writes it anew (then: npm run format).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Context } from '../../src/context.ts'
import { mayOn, type Role } from '../../src/coordinators/roles.ts'
import type { DeskRoute } from '../../src/desk/desk.ts'
import { deskRoutes } from '../../src/desk/routes.ts'

const file = fileURLToPath(new URL('../../docs/roles.md', import.meta.url))
const columns = ['admin', 'coordinator', 'translator', 'viewer'] as const satisfies Role[]
const table = /^\| address .*(?:\n\|.*)*$/m

/** Cells without the spaces that only make it look even. */
const squeezed = (text: string) => text.replaceAll(/ *\| */g, '|').replaceAll(/-+/g, '-')

export function writtenTable(): string {
  return squeezed(table.exec(readFileSync(file, 'utf8'))?.[0] ?? '')
}

export function tableOf(routes: DeskRoute[]): string {
  return squeezed(madeOf(routes))
}

/** What is promised about an address, by `GET /desk/…`. */
export type Promised = Record<(typeof columns)[number], string> & { isFresh: boolean }

export function promised(): Map<string, Promised> {
  const rows = writtenTable().split('\n').slice(2)
  return new Map(
    rows.map((row) => {
      const [, address = '', admin = '', coordinator = '', translator = '', viewer = '', fresh] =
        row.split('|')
      const isFresh = fresh === 'yes'
      return [address.replaceAll('`', ''), { admin, coordinator, translator, viewer, isFresh }]
    }),
  )
}

function madeOf(routes: DeskRoute[]): string {
  const head = ['address', ...columns, 'second factor again']
  const rows = routes.map(({ method, path, needs, isFresh }) => [
    `\`${method.toUpperCase()} ${path}\``,
    ...columns.map((role) => answerFor(role, needs)),
    isFresh === true ? 'yes' : '',
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function answerFor(role: Role, needs: DeskRoute['needs']): string {
  switch (needs) {
    case 'visitor':
      return 'anybody'
    case 'half':
      return 'after the link'
    case 'person':
      return 'yes'
    case 'starter':
      return role === 'admin' || role === 'coordinator' ? 'yes' : '403'
    case 'admin':
      return role === 'admin' ? 'yes' : '403'
    case 'read':
    case 'translate':
    case 'coordinate':
      if (role === 'admin') return 'every'
      return mayOn(role, role, needs) ? 'own' : '403'
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // the routes are only listed: no handler runs
  const routes = deskRoutes({ config: {} } as Context)
  writeFileSync(file, readFileSync(file, 'utf8').replace(table, madeOf(routes)))
}
