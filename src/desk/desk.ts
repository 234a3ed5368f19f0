// What every page of the desk is given, and how a page says who may see it.
import type { Request, Response } from 'express'
import type { Power, TeamRole } from '../coordinators/roles.ts'
import type { Session } from '../coordinators/sessions.ts'
import type { Statement } from '../statements/stored-statement.ts'

/** Somebody signed in, in front of a page. */
export interface Desk {
  session: Session
  coordinator: Session['coordinator']
  /** what every form of the desk must carry (see form-key.ts) */
  formKey: string
}

/** The same on a page about one of their statements. */
export interface StatementDesk extends Desk {
  statement: Statement
  /** null for an admin who does not belong to the team */
  teamRole: TeamRole | null
  /** what they may do with it */
  may: Record<Power, boolean>
}

type Handle<D> = (req: Request, res: Response, desk: D) => Promise<void> | void

interface Address {
  method: 'get' | 'post'
  path: string
  /** a second factor must have been shown a short while ago: for what cannot be undone */
  isFresh?: true
  /** its form may carry a file (see takes-files.ts) */
  takesFile?: true
}

/**
 * A page or a form, and who may open it.
 * `visitor`: anybody · `half`: signed in by the link, the second factor still missing ·
 * `person`: anybody who is signed in · `starter`: who may begin a statement · `admin` ·
 * a power: whose team has the statement and whose role there allows it (product.md §1)
 */
export type DeskRoute = Address &
  (
    | { needs: 'visitor'; handle: Handle<null> }
    | { needs: 'half' | 'person' | 'starter' | 'admin'; handle: Handle<Desk> }
    | { needs: Power; handle: Handle<StatementDesk> }
  )
