// Rows of what became of a statement.
import type { DeliveryKind } from './delivery.ts'

export interface DeliveryTables {
  deliveries: {
    id: string
    statement_id: string
    kind: DeliveryKind
    happened_on: string
    who: string
    how: string
    note: string
    link: string
    language: string
    created_at: string
    revision: number
  }
  /** public, as the deliveries are; `content` in base64 */
  delivery_files: {
    id: string
    delivery_id: string
    name: string
    type: string
    bytes: number
    content: string
    added_at: string
  }
}
