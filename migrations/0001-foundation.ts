// Statements, endorsements, the signatory list, tokens, the outbox.
// Portable columns: ids and times (ISO 8601 UTC) as text, flags as 0|1, JSON as text.
import type { CreateTableBuilder, Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Portable } from './index.ts'

export async function up(db: Kysely<unknown>, portable: Portable): Promise<void> {
  await createInstallation(db)
  await createStatements(db, portable)
  await createEndorsements(db)
  await createSignatoryList(db, portable)
  await createMail(db)
}

const table = (db: Kysely<unknown>, name: string): CreateTableBuilder<string> =>
  db.schema.createTable(name)

async function createInstallation(db: Kysely<unknown>): Promise<void> {
  await table(db, 'installation')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}

async function createStatements(db: Kysely<unknown>, { bytewise }: Portable): Promise<void> {
  await table(db, 'statements')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('slug', bytewise as never, (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('signers', 'text', (c) => c.notNull())
    .addColumn('visibility_default', 'text', (c) => c.notNull())
    .addColumn('discreet', 'integer', (c) => c.notNull())
    .addColumn('review', 'text', (c) => c.notNull())
    .addColumn('authoritative_language', 'text', (c) => c.notNull())
    .addColumn('convenors', 'text', (c) => c.notNull())
    .addColumn('addressees', 'text', (c) => c.notNull())
    .addColumn('originally_published', 'text')
    .addColumn('dated', 'text')
    .addColumn('opens_at', 'text')
    .addColumn('opens_zone', 'text')
    .addColumn('closes_at', 'text')
    .addColumn('closes_zone', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('delivered_at', 'text')
    .addColumn('taken_down_reason', 'text')
    .addColumn('last_number', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()

  await table(db, 'statement_topics')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('statement_topics_pk', ['statement_id', 'topic'])
    .execute()

  await table(db, 'text_versions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('text_versions_number', ['statement_id', 'language', 'number'])
    .execute()

  await table(db, 'language_versions')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('text_version_id', 'text', (c) => c.notNull().references('text_versions.id'))
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('language_versions_pk', ['statement_id', 'language'])
    .execute()
}

async function createEndorsements(db: Kysely<unknown>): Promise<void> {
  await table(db, 'agreed_texts')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('content', 'text', (c) => c.notNull())
    .execute()

  await table(db, 'endorsements')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('address_hash', 'text', (c) => c.notNull())
    .addColumn('capacity_hash', 'text', (c) => c.notNull())
    .addColumn('address_sealed', 'text', (c) => c.notNull())
    .addColumn('details_sealed', 'text', (c) => c.notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('text_version_id', 'text', (c) => c.notNull().references('text_versions.id'))
    .addColumn('flags', 'text', (c) => c.notNull())
    .addColumn('updates', 'integer', (c) => c.notNull())
    .addColumn('verification', 'text')
    .addColumn('number', 'integer')
    .addColumn('signed_at', 'text', (c) => c.notNull())
    .addColumn('confirmed_at', 'text')
    .addColumn('withdrawn_at', 'text')
    .addColumn('reminded', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .execute()
  // product.md R2: one endorsement per mailbox and capacity; who withdrew may sign again
  await db.schema
    .createIndex('endorsements_capacity')
    .unique()
    .on('endorsements')
    .columns(['capacity_hash'])
    .where(sql`state`, '<>', sql.lit('withdrawn'))
    .execute()
  await index(db, 'endorsements', ['address_hash'])
  await index(db, 'endorsements', ['state', 'signed_at'])

  await table(db, 'consents')
    .addColumn('endorsement_id', 'text', (c) =>
      c.primaryKey().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('text_hash', 'text', (c) => c.notNull())
    .addColumn('notice_hash', 'text', (c) => c.notNull().references('agreed_texts.hash'))
    .addColumn('labels_hash', 'text', (c) => c.notNull().references('agreed_texts.hash'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('given_at', 'text', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('authorised', 'integer', (c) => c.notNull())
    .addColumn('publishing', 'integer', (c) => c.notNull())
    .addColumn('updates', 'integer', (c) => c.notNull())
    .execute()

  await table(db, 'tokens')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('endorsement_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
  await index(db, 'tokens', ['endorsement_id', 'purpose'])
  await index(db, 'tokens', ['expires_at'])

  await table(db, 'suppressions')
    .addColumn('address_hash', 'text', (c) => c.primaryKey())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
}

async function createSignatoryList(db: Kysely<unknown>, { bytewise }: Portable): Promise<void> {
  await table(db, 'signatories')
    .addColumn('endorsement_id', 'text', (c) =>
      c.primaryKey().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('acronym', 'text')
    .addColumn('affiliation', 'text')
    .addColumn('role', 'text')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('verification', 'text', (c) => c.notNull())
    .addColumn('confirmed_on', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('late', 'integer', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .execute()
  await index(db, 'signatories', ['statement_id', 'number'])
  await index(db, 'signatories', ['statement_id', 'country'])

  await table(db, 'signatory_order')
    .addColumn('endorsement_id', 'text', (c) =>
      c.notNull().references('signatories.endorsement_id').onDelete('cascade'),
    )
    .addColumn('collation', 'text', (c) => c.notNull())
    .addColumn('statement_id', 'text', (c) => c.notNull())
    .addColumn('sort_key', bytewise as never, (c) => c.notNull())
    .addPrimaryKeyConstraint('signatory_order_pk', ['endorsement_id', 'collation'])
    .execute()
  await index(db, 'signatory_order', ['statement_id', 'collation', 'sort_key', 'endorsement_id'])

  // Exact counts by cell: every public number is a sum over these rows (product.md R1).
  await table(db, 'tallies')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallies_pk', ['statement_id', 'type', 'visibility', 'country'])
    .execute()
}

async function createMail(db: Kysely<unknown>): Promise<void> {
  await table(db, 'outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('statement_id', 'text')
    .addColumn('endorsement_id', 'text')
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('recipient_sealed', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('fault', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await index(db, 'outbox', ['state', 'due_at'])
  await index(db, 'outbox', ['endorsement_id'])

  // How many mails of a kind one address got for one statement (product.md M-5); only keyed hashes.
  await table(db, 'mail_allowances')
    .addColumn('address_hash', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('sent', 'integer', (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mail_allowances_pk', ['address_hash', 'kind'])
    .execute()

  await table(db, 'mailbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('mail_sealed', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
}

async function index(db: Kysely<unknown>, on: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${on}_by_${columns.join('_')}`)
    .on(on)
    .columns(columns)
    .execute()
}
