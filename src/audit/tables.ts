// The audit log: append-only, each entry sealed to the one before by its hash.

export interface AuditTables {
  audit_log: {
    seq: number
    at: string
    actor: string
    action: string
    subject: string
    detail: string
    previous_hash: string
    hash: string
  }
}
