// Editions: frozen, numbered lists with their files, and the key that signs them.
import type { Kysely } from 'kysely'
import type { Portable } from './index.ts'

export async function up(db: Kysely<unknown>, { bytewise }: Portable): Promise<void> {
  await createEditions(db)
  await createEntries(db, bytewise)
  await createFiles(db)
  await createCorrections(db)
  await db.schema
    .createTable('signing_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('private_sealed', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
}

async function createEditions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('editions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('as_of', 'text', (c) => c.notNull())
    .addColumn('counts', 'text', (c) => c.notNull())
    // since the edition before it
    .addColumn('changes', 'text')
    // what the files say about the statement, by language
    .addColumn('heads', 'text', (c) => c.notNull())
    // counts every redaction
    .addColumn('revision', 'integer', (c) => c.notNull())
    // when its files became what they are
    .addColumn('issued_at', 'text', (c) => c.notNull())
    .addColumn('is_complete', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('editions_by_statement_id')
    .on('editions')
    .columns(['statement_id', 'number'])
    .unique()
    .execute()
}

/** Of a name that was taken out, the number stays and nothing else. */
async function createEntries(db: Kysely<unknown>, bytewise: Portable['bytewise']): Promise<void> {
  await db.schema
    .createTable('edition_entries')
    .addColumn('edition_id', 'text', (c) => c.notNull().references('editions.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('endorsement_id', 'text')
    .addColumn('type', 'text')
    .addColumn('name', 'text')
    .addColumn('acronym', 'text')
    .addColumn('affiliation', 'text')
    .addColumn('role', 'text')
    .addColumn('country', 'text')
    .addColumn('verification', 'text')
    .addColumn('confirmed_on', 'text')
    .addColumn('language', 'text')
    .addColumn('late', 'integer')
    .addPrimaryKeyConstraint('edition_entries_pk', ['edition_id', 'number'])
    .execute()
  await db.schema
    .createIndex('edition_entries_by_endorsement_id')
    .on('edition_entries')
    .columns(['endorsement_id'])
    .execute()
  await db.schema
    .createTable('edition_order')
    .addColumn('edition_id', 'text', (c) => c.notNull().references('editions.id'))
    .addColumn('collation', 'text', (c) => c.notNull())
    .addColumn('sort_key', bytewise as never, (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('edition_order_pk', ['edition_id', 'collation', 'sort_key', 'number'])
    .execute()
}

async function createFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('edition_files')
    .addColumn('edition_id', 'text', (c) => c.notNull().references('editions.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    // of files that are not too large to be signed whole
    .addColumn('signature', 'text')
    .addPrimaryKeyConstraint('edition_files_pk', ['edition_id', 'language', 'format'])
    .execute()
  await db.schema
    .createIndex('edition_files_by_sha256')
    .on('edition_files')
    .columns(['sha256'])
    .execute()
  // pressed, in base64, which both databases store alike
  await db.schema
    .createTable('edition_pieces')
    .addColumn('edition_id', 'text', (c) => c.notNull().references('editions.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('edition_pieces_pk', ['edition_id', 'language', 'format', 'position'])
    .execute()
  // of files that were replaced, the hash stays and nothing else
  await db.schema
    .createTable('edition_former_files')
    .addColumn('edition_id', 'text', (c) => c.notNull().references('editions.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('replaced_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('edition_former_files_pk', ['sha256', 'edition_id', 'language'])
    .execute()
}

async function createCorrections(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('edition_corrections')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('edition_id', 'text', (c) => c.notNull().references('editions.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    // of the entry that was renamed
    .addColumn('number', 'integer')
    .execute()
  await db.schema
    .createIndex('edition_corrections_by_edition_id')
    .on('edition_corrections')
    .columns(['edition_id', 'at'])
    .execute()
}
