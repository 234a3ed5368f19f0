// The people of the desk: who may sign in, by which second factor, and to which statements they belong.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createCoordinators(db)
  await createSecondFactors(db)
  await createSignIn(db)
}

async function createCoordinators(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('coordinators')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('email_hash', 'text', (c) => c.notNull().unique())
    .addColumn('email_sealed', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('organisation', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    // the secret of the code app; empty until it is set up
    .addColumn('code_sealed', 'text', (c) => c.notNull())
    // the last time step of which a code was used: a code works once (RFC 6238, 5.2)
    .addColumn('code_step', 'integer', (c) => c.notNull())
    // codes that were tried on a day, since the last right one
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('tries_on', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('removed_at', 'text')
    .execute()

  await db.schema
    .createTable('team_members')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('added_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('team_members_pk', ['statement_id', 'coordinator_id'])
    .execute()
  await db.schema
    .createIndex('team_members_by_coordinator_id')
    .on('team_members')
    .columns(['coordinator_id'])
    .execute()
}

async function createSecondFactors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('counter', 'integer', (c) => c.notNull())
    .addColumn('transports', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('recovery_codes')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .execute()
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_in_links')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used', 'integer', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('desk_sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('browser', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    // when a second factor was last shown; empty while only the link was
    .addColumn('factor_at', 'text')
    .addColumn('wrong_codes', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('desk_sessions_by_coordinator_id')
    .on('desk_sessions')
    .columns(['coordinator_id'])
    .execute()
}
