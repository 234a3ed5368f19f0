// The database's shape: the sum of the features' table types. A test compares it with the real one.
import type { Kysely } from 'kysely'
import type { AbuseTables } from '../abuse/tables.ts'
import type { EndorsementTables } from '../endorsements/tables.ts'
import type { AuditTables } from '../audit/tables.ts'
import type { EditorTables } from '../editor/tables.ts'
import type { CoordinatorTables } from '../coordinators/tables.ts'
import type { EditionTables } from '../editions/tables.ts'
import type { ImportTables } from '../imports/tables.ts'
import type { InvitationTables } from '../invitations/tables.ts'
import type { DeliveryTables } from '../deliveries/tables.ts'
import type { DuplicateTables } from '../duplicates/tables.ts'
import type { InvalidationTables } from '../invalidations/tables.ts'
import type { MailTables } from '../mail/tables.ts'
import type { PackTables } from '../packs/tables.ts'
import type { PressTables } from '../press/tables.ts'
import type { ProcessTables } from '../processes/tables.ts'
import type { ReportTables } from '../reports/tables.ts'
import type { ReviewTables } from '../review/tables.ts'
import type { SignatoryTables } from '../signatories/tables.ts'
import type { SwitchTables } from '../switches/tables.ts'
import type { StatementTables } from '../statements/tables.ts'
import type { UpdateTables } from '../updates/tables.ts'

interface InstallationTable {
  name: string
  value: string
}

export interface Tables
  extends
    StatementTables,
    EndorsementTables,
    SignatoryTables,
    MailTables,
    AuditTables,
    SwitchTables,
    AbuseTables,
    CoordinatorTables,
    ImportTables,
    InvitationTables,
    EditorTables,
    UpdateTables,
    DeliveryTables,
    ReviewTables,
    PressTables,
    ProcessTables,
    DuplicateTables,
    InvalidationTables,
    EditionTables,
    PackTables,
    ReportTables {
  installation: InstallationTable
}

/** A connection or a transaction: stores take either, so that the caller's transaction flows through. */
export type Db = Kysely<Tables>
