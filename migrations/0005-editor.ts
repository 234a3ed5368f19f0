// Writing statements at the desk: texts that are not public yet, links to a preview, what has changed
// in a text since people began to sign it, and who stands behind the new one.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('working_texts')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    // draft, reviewed or published
    .addColumn('state', 'text', (c) => c.notNull())
    // the authoritative text that it was translated from, as JSON; null for that text itself
    .addColumn('source', 'text')
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('working_texts_pk', ['statement_id', 'language'])
    .execute()

  await db.schema
    .createTable('preview_links')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema
    .createIndex('preview_links_by_statement_id')
    .on('preview_links')
    .columns(['statement_id'])
    .execute()

  await db.schema
    .createTable('text_changes')
    .addColumn('text_version_id', 'text', (c) => c.primaryKey().references('text_versions.id'))
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('previous_id', 'text', (c) => c.notNull().references('text_versions.id'))
    .addColumn('reason', 'text', (c) => c.notNull())
    // of a new text, 1 while people are asked whether they stand behind it and 0 afterwards
    .addColumn('asking', 'integer')
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('text_changes_by_statement_id')
    .on('text_changes')
    .columns(['statement_id'])
    .execute()
  await createMeanings(db)
}

/** Texts that say the same have the same number, in all languages of a statement. */
async function createMeanings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('text_versions')
    .addColumn('meaning', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
  await db.schema
    .createIndex('endorsements_by_text_version_id_state')
    .on('endorsements')
    .columns(['text_version_id', 'state'])
    .execute()
  await createReconfirmations(db)
}

async function createReconfirmations(db: Kysely<unknown>): Promise<void> {
  // the newest meaning that somebody was asked about
  await db.schema
    .alterTable('endorsements')
    .addColumn('asked', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
  await db.schema
    .createTable('reconfirmations')
    .addColumn('endorsement_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('text_version_id', 'text', (c) => c.notNull().references('text_versions.id'))
    .addColumn('previous_id', 'text', (c) => c.notNull().references('text_versions.id'))
    .addColumn('labels_hash', 'text', (c) => c.notNull().references('agreed_texts.hash'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('given_at', 'text', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reconfirmations_pk', ['endorsement_id', 'text_version_id'])
    .execute()
}
