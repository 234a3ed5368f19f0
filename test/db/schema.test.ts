import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Selectable, sql } from 'kysely'
import type { Db, Tables } from '../../src/db/schema.ts'
import { isPostgres } from '../support/databases.ts'
import { openSite } from '../support/site.ts'

type Spelled<Column> =
  `${NonNullable<Column> extends number ? 'integer' : 'text'}${null extends Column ? '?' : ''}`

/** The compiler keeps this list equal to the table types, the test keeps it equal to the database. */
type Columns<Table> = { [C in keyof Selectable<Table>]-?: Spelled<Selectable<Table>[C]> }

const expected: { [T in keyof Tables]: Columns<Tables[T]> } = {
  working_texts: {
    statement_id: 'text',
    language: 'text',
    title: 'text',
    summary: 'text',
    body: 'text',
    state: 'text',
    source: 'text?',
    updated_at: 'text',
  },
  preview_links: {
    id: 'text',
    statement_id: 'text',
    hash: 'text',
    created_at: 'text',
    expires_at: 'text',
    revoked_at: 'text?',
  },
  text_changes: {
    text_version_id: 'text',
    statement_id: 'text',
    previous_id: 'text',
    reason: 'text',
    changed_at: 'text',
  },
  alarms: {
    name: 'text',
    subject: 'text',
    raised_at: 'text',
    last_at: 'text',
  },
  audit_log: {
    seq: 'integer',
    at: 'text',
    actor: 'text',
    action: 'text',
    subject: 'text',
    detail: 'text',
    previous_hash: 'text',
    hash: 'text',
  },
  breakdowns: {
    statement_id: 'text',
    taken_at: 'text',
    told: 'text',
  },
  invitations: {
    id: 'text',
    statement_id: 'text',
    address_hash: 'text',
    details_sealed: 'text',
    language: 'text',
    state: 'text',
    reserved_until: 'text?',
    token_hash: 'text',
    stop_hash: 'text',
    endorsement_id: 'text?',
    reminders: 'integer',
    last_mail_at: 'text',
    invited_at: 'text',
  },
  invitation_refusals: {
    address_hash: 'text',
    since: 'text',
  },
  sent_mails: {
    id: 'text',
    endorsement_id: 'text',
    address_hash: 'text',
    expires_at: 'text',
  },
  switches: {
    name: 'text',
    since: 'text',
  },
  coordinators: {
    id: 'text',
    email_hash: 'text',
    email_sealed: 'text',
    name: 'text',
    organisation: 'text',
    role: 'text',
    language: 'text',
    code_sealed: 'text',
    code_step: 'integer',
    created_at: 'text',
    removed_at: 'text?',
  },
  team_members: {
    statement_id: 'text',
    coordinator_id: 'text',
    role: 'text',
    added_at: 'text',
  },
  passkeys: {
    id: 'text',
    coordinator_id: 'text',
    public_key: 'text',
    counter: 'integer',
    transports: 'text',
    name: 'text',
    created_at: 'text',
  },
  recovery_codes: {
    hash: 'text',
    coordinator_id: 'text',
  },
  sign_in_links: {
    hash: 'text',
    coordinator_id: 'text',
    expires_at: 'text',
    used: 'integer',
  },
  desk_sessions: {
    id: 'text',
    token_hash: 'text',
    coordinator_id: 'text',
    browser: 'text',
    created_at: 'text',
    seen_at: 'text',
    factor_at: 'text?',
    wrong_codes: 'integer',
  },
  agreed_texts: {
    hash: 'text',
    content: 'text',
  },
  consents: {
    endorsement_id: 'text',
    text_hash: 'text',
    notice_hash: 'text',
    labels_hash: 'text',
    language: 'text',
    given_at: 'text',
    method: 'text',
    authorised: 'integer',
    publishing: 'integer',
    updates: 'integer',
  },
  deliveries: {
    id: 'text',
    statement_id: 'text',
    kind: 'text',
    happened_on: 'text',
    who: 'text',
    how: 'text',
    note: 'text',
    link: 'text',
    language: 'text',
    created_at: 'text',
    revision: 'integer',
  },
  endorsements: {
    id: 'text',
    statement_id: 'text',
    type: 'text',
    state: 'text',
    key_id: 'text',
    address_hash: 'text',
    capacity_hash: 'text',
    address_sealed: 'text',
    details_sealed: 'text',
    country: 'text',
    visibility: 'text',
    language: 'text',
    text_version_id: 'text',
    flags: 'text',
    updates: 'integer',
    verification: 'text?',
    number: 'integer?',
    signed_at: 'text',
    confirmed_at: 'text?',
    withdrawn_at: 'text?',
    reminded: 'integer',
    revision: 'integer',
    contact_forgotten: 'integer',
  },
  imports: {
    id: 'text',
    statement_id: 'text',
    actor: 'text',
    source: 'text',
    state: 'text',
    confirmed: 'integer',
    evidence_sealed: 'text',
    hash: 'text',
    rows: 'integer',
    blank: 'integer',
    new: 'integer',
    duplicate: 'integer',
    similar: 'integer',
    invalid: 'integer',
    removed: 'integer',
    kept: 'integer',
    created_at: 'text',
  },
  import_rows: {
    endorsement_id: 'text',
    import_id: 'text',
  },
  import_drafts: {
    id: 'text',
    statement_id: 'text',
    coordinator_id: 'text',
    source: 'text',
    hash: 'text',
    sheet_sealed: 'text',
    mapping: 'text',
    expires_at: 'text',
  },
  installation: {
    name: 'text',
    value: 'text',
  },
  language_versions: {
    statement_id: 'text',
    language: 'text',
    text_version_id: 'text',
    search_text: 'text',
  },
  mail_allowances: {
    address_hash: 'text',
    kind: 'text',
    sent: 'integer',
    last_at: 'text',
    expires_at: 'text',
  },
  mailbox: {
    id: 'text',
    mail_sealed: 'text',
    created_at: 'text',
  },
  outbox: {
    id: 'text',
    state: 'text',
    kind: 'text',
    statement_id: 'text?',
    endorsement_id: 'text?',
    language: 'text',
    recipient_sealed: 'text',
    attempts: 'integer',
    due_at: 'text',
    claimed_by: 'text?',
    fault: 'text?',
    created_at: 'text',
    update_id: 'text?',
  },
  signatories: {
    endorsement_id: 'text',
    statement_id: 'text',
    number: 'integer',
    type: 'text',
    name: 'text',
    acronym: 'text?',
    affiliation: 'text?',
    role: 'text?',
    country: 'text',
    verification: 'text',
    confirmed_on: 'text',
    language: 'text',
    late: 'integer',
    search_text: 'text',
  },
  signatory_order: {
    endorsement_id: 'text',
    collation: 'text',
    statement_id: 'text',
    sort_key: 'text',
  },
  statement_topics: {
    statement_id: 'text',
    topic: 'text',
    position: 'integer',
  },
  statements: {
    id: 'text',
    slug: 'text',
    kind: 'text',
    state: 'text',
    signers: 'text',
    visibility_default: 'text',
    discreet: 'integer',
    review: 'text',
    authoritative_language: 'text',
    convenors: 'text',
    addressees: 'text',
    originally_published: 'text?',
    dated: 'text?',
    opens_at: 'text?',
    opens_zone: 'text?',
    closes_at: 'text?',
    closes_zone: 'text?',
    closed_at: 'text?',
    delivered_at: 'text?',
    taken_down_reason: 'text?',
    names_hidden: 'text?',
    names_hidden_at: 'text?',
    paused_at: 'text?',
    protected_names: 'text',
    proof_of_work: 'integer',
    last_number: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  suppressions: {
    address_hash: 'text',
    expires_at: 'text',
  },
  tallies: {
    statement_id: 'text',
    type: 'text',
    visibility: 'text',
    country: 'text',
    n: 'integer',
    changed_at: 'text',
  },
  text_versions: {
    id: 'text',
    statement_id: 'text',
    language: 'text',
    number: 'integer',
    title: 'text',
    summary: 'text',
    body: 'text',
    hash: 'text',
    created_at: 'text',
  },
  tokens: {
    hash: 'text',
    purpose: 'text',
    endorsement_id: 'text',
    state: 'text',
    expires_at: 'text',
  },
  update_recipients: {
    update_id: 'text',
    endorsement_id: 'text',
    outcome: 'text',
  },
  update_texts: {
    update_id: 'text',
    language: 'text',
    title: 'text',
    body: 'text',
    revision: 'integer',
  },
  updates: {
    id: 'text',
    statement_id: 'text',
    state: 'text',
    created_at: 'text',
    sent_at: 'text?',
    mails_sent: 'integer',
    mails_failed: 'integer',
    mails_dropped: 'integer',
  },
}

async function columnsOf(db: Db): Promise<Record<string, Record<string, string>>> {
  const tables = await db.introspection.getTables()
  const described = tables.map(async ({ name, columns }) => {
    const keys = await keyColumnsOf(db, name)
    const spelled = columns.map(({ name: column, dataType, isNullable }) => {
      const type = /int/i.test(dataType) ? 'integer' : dataType.split(' ')[0]?.toLowerCase()
      return [column, `${type}${isNullable && !keys.has(column) ? '?' : ''}`] as const
    })
    return [name, Object.fromEntries(spelled)] as const
  })
  return Object.fromEntries(await Promise.all(described))
}

/** SQLite calls the columns of a primary key nullable for historical reasons. */
async function keyColumnsOf(db: Db, table: string): Promise<Set<string>> {
  if (isPostgres) return new Set()
  const { rows } = await sql<{ name: string }>`
    select name from pragma_table_info(${table}) where pk > 0`.execute(db)
  return new Set(rows.map((row) => row.name))
}

test('the table types and the migrated database are the same', async () => {
  const site = await openSite()
  assert.deepEqual(await columnsOf(site.ctx.db), expected)
})
