// Use cases: whom the press may ask. It is public as typed, and meant to be.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { findContact, writeContact } from './contact-store.ts'

/** Each '' when not given; all of them: nobody. */
export interface Contact {
  name: string
  email: string
  phone: string
  /** counts the changes; 0 while there was none */
  revision: number
}

const nobody: Contact = { name: '', email: '', phone: '', revision: 0 }

export async function contactOf(
  { db }: Pick<Context, 'db'>,
  { id }: Pick<Statement, 'id'>,
): Promise<Contact> {
  return (await findContact(db, id)) ?? nobody
}

/** Unless somebody else has changed it since it was at this revision. */
export async function changeContact(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, slug }: Statement,
  contact: Contact,
  actor: string,
): Promise<'changed' | 'collided'> {
  return db.transaction().execute(async (tx) => {
    if (!(await writeContact(tx, id, contact))) return 'collided'
    await record(tx, { clock }, { actor, action: 'press contact changed', subject: slug })
    return 'changed'
  })
}
