// The processes that work on this database; nothing of anybody.
import type { Flag } from '../statements/tables.ts'

export interface ProcessTables {
  processes: {
    /** random, new with every start */
    id: string
    /** answers visitors */
    serves: Flag
    /** sends mails */
    delivers: Flag
    /** goes up while it lives */
    beat: number
  }
}
