// Rows of what coordinators note of organisations on the list.
import type { EcosocStatus } from './ecosoc.ts'

export interface PackTables {
  ecosoc_statuses: { endorsement_id: string; status: EcosocStatus }
}
