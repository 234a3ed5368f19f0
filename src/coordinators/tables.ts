// Rows about the people of the desk.
import type { Role, TeamRole } from './roles.ts'

export interface CoordinatorTables {
  coordinators: {
    id: string
    email_hash: string
    email_sealed: string
    name: string
    organisation: string
    role: Role
    language: string
    code_sealed: string
    code_step: number
    /** codes that were tried on a day, since the last right one */
    tries: number
    tries_on: string
    created_at: string
    removed_at: string | null
  }
  team_members: {
    statement_id: string
    coordinator_id: string
    role: TeamRole
    added_at: string
  }
  passkeys: {
    id: string
    coordinator_id: string
    public_key: string
    counter: number
    transports: string
    name: string
    created_at: string
  }
  recovery_codes: { hash: string; coordinator_id: string }
  sign_in_links: { hash: string; coordinator_id: string; expires_at: string; used: number }
  desk_sessions: {
    id: string
    token_hash: string
    coordinator_id: string
    browser: string
    created_at: string
    seen_at: string
    factor_at: string | null
    wrong_codes: number
  }
}
