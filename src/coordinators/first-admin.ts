// Use case: the first admin lets themselves in, by a link that `npm start` prints while there is nobody.
import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'
import { isAnybodyThere } from './coordinator-store.ts'
import { addCoordinator } from './people.ts'
import type { Person } from './people-form.ts'

/** null as soon as somebody is there. */
export async function firstAdminToken({ db, vault }: Context): Promise<string | null> {
  return (await isAnybodyThere(db)) ? null : vault.tokenFrom('first admin')
}

export async function isFirstAdminToken(ctx: Context, token: string): Promise<boolean> {
  const expected = await firstAdminToken(ctx)
  const [a, b] = [Buffer.from(token), Buffer.from(expected ?? '')]
  return expected !== null && a.length === b.length && timingSafeEqual(a, b)
}

/** @returns a sign-in link's token; null when somebody else was faster */
export async function addFirstAdmin(
  ctx: Context,
  person: Omit<Person, 'role'>,
  language: string,
): Promise<string | null> {
  const first = { ...person, role: 'admin', language } as const
  const added = await addCoordinator(ctx, first, 'first admin', { onlyWhenAlone: true })
  return added?.token ?? null
}
