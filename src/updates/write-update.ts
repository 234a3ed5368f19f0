// Use cases: writing an update, language by language.
import type { Context } from '../context.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { changeState, deleteDraft, findUpdate, insertUpdate, writeText } from './update-store.ts'
import type { Update, UpdateText } from './update.ts'

/** @returns the id of a new draft */
export async function beginUpdate(ctx: Context, statement: Statement): Promise<string> {
  const id = ctx.random.id()
  const createdAt = ctx.clock.now().toISOString()
  await insertUpdate(ctx.db, { id, statementId: statement.id, createdAt })
  return id
}

/** null for one of another statement, too. */
export async function findUpdateOf(
  { db }: Pick<Context, 'db'>,
  statement: Pick<Statement, 'id'>,
  id: string,
): Promise<Update | null> {
  const update = await findUpdate(db, id)
  return update?.statementId === statement.id ? update : null
}

/** `sent`: it is no draft any more · `changed`: somebody else saved this language meanwhile */
export type Saved = 'saved' | 'sent' | 'changed'

/** @param text with the revision that it was made from, 0 for a new one */
export async function saveText(
  { db }: Pick<Context, 'db'>,
  updateId: string,
  text: UpdateText,
): Promise<Saved> {
  return db.transaction().execute(async (tx) => {
    // nobody sends it while this is being saved
    if (!(await changeState(tx, updateId, { from: 'draft', to: 'draft' }))) return 'sent'
    return (await writeText(tx, updateId, text)) ? 'saved' : 'changed'
  })
}

/** false when it was sent meanwhile: what endorsers have read is not taken back. */
export async function discardUpdate({ db }: Pick<Context, 'db'>, id: string): Promise<boolean> {
  return deleteDraft(db, id)
}
