// Somebody who works at the desk.
import type { Role } from './roles.ts'

export interface Coordinator {
  id: string
  name: string
  /** for whom they work; '' when it was not said */
  organisation: string
  email: string
  role: Role
  language: string
  /** a code app is set up */
  hasCode: boolean
  /** a code app or a passkey is set up */
  hasFactor: boolean
  createdAt: string
}
