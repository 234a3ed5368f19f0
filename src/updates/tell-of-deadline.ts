// Use case: an update that writes itself, in every language of the site: there is more time to sign.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { formatsOf } from '../languages/formats.ts'
import { languages, translator } from '../languages/languages.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { changeState, insertUpdate, writeText } from './update-store.ts'
import type { UpdateText } from './update.ts'

/**
 * In the transaction that moves the deadline. From then on it is an update as any other: public, sent
 * once to each who asked for updates, paused and counted at the desk.
 */
export async function tellOfDeadline(
  tx: Db,
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  { id: statementId }: Pick<Statement, 'id'>,
  closesAt: NonNullable<Statement['closesAt']>,
): Promise<void> {
  const id = random.id()
  const now = clock.now().toISOString()
  await insertUpdate(tx, { id, statementId, createdAt: now })
  for (const { code } of languages) await writeText(tx, id, textIn(code, closesAt))
  await changeState(tx, id, { from: 'draft', to: 'sending', sentAt: now })
}

function textIn(
  language: string,
  { instant, zone }: { instant: string; zone: string },
): UpdateText {
  const t = translator(language)
  const { local, utc } = formatsOf(language).instant(instant, zone)
  return {
    language,
    title: t('updates.deadline.title', { local }),
    body: t('updates.deadline.body', { local, zone, utc }),
    revision: 0,
  }
}
