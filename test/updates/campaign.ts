// An update that is being sent, through the same use cases as the buttons of the desk.
import assert from 'node:assert/strict'
import { findStatement } from '../../src/statements/find-statement.ts'
import { beginSending, sendUpdates } from '../../src/updates/send-update.ts'
import { markOf } from '../../src/updates/update.ts'
import { beginUpdate, findUpdateOf, saveText } from '../../src/updates/write-update.ts'
import type { TestSite } from '../support/site.ts'

export const english = { language: 'en', title: 'We met the minister', body: 'She **listened**.' }
export const spanish = { language: 'es', title: 'Vimos a la ministra', body: 'Nos **escuchó**.' }

export async function statementOf(site: TestSite, slug: string) {
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  return statement
}

/** @returns the id of a draft with these texts */
export async function writeUpdate(site: TestSite, slug: string, texts = [english]) {
  const id = await beginUpdate(site.ctx, await statementOf(site, slug))
  for (const text of texts) {
    assert.equal(await saveText(site.ctx, id, { ...text, revision: 0 }), 'saved')
  }
  return id
}

/** @returns the id of an update of which no mail has gone out yet */
export async function publishUpdate(site: TestSite, slug: string, texts = [english]) {
  const id = await writeUpdate(site, slug, texts)
  const statement = await statementOf(site, slug)
  const update = await findUpdateOf(site.ctx, statement, id)
  assert.ok(update)
  const by = { seen: markOf(update), actor: 'test' }
  assert.equal(await beginSending(site.ctx, statement, update, by), 'sending')
  return id
}

/** What happens in a minute: some mails are put into the outbox, and the worker sends them. */
export async function aMinute(site: TestSite): Promise<void> {
  await sendUpdates(site.ctx)
  site.clock.advance({ minutes: 1 })
  await site.deliverMail()
}

export async function stateOf(site: TestSite, id: string) {
  return site.ctx.db
    .selectFrom('updates')
    .select(['state', 'mails_sent', 'mails_failed', 'mails_dropped'])
    .where('id', '=', id)
    .executeTakeFirst()
}
