// Use cases: writing down that a statement was handed over, acknowledged or answered.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { deliverIn } from '../statements/deliver.ts'
import { type Statement, statusAt } from '../statements/stored-statement.ts'
import type { Delivery, DeliveryText } from './delivery.ts'
import { correctDelivery, deleteDelivery, insertDelivery } from './delivery-store.ts'

/** `not-closed`: who can still sign would sign something that was handed over without them */
export type Recorded = 'recorded' | 'not-closed'

/** The first handing over makes the statement `delivered`, from when on contact data runs out (P-9). */
export async function recordDelivery(
  ctx: Pick<Context, 'db' | 'clock' | 'random'>,
  statement: Statement,
  delivery: DeliveryText,
  actor: string,
): Promise<Recorded> {
  const now = ctx.clock.now()
  const id = ctx.random.id()
  const { slug } = statement
  return ctx.db.transaction().execute(async (tx) => {
    const delivered = await deliverIn(tx, ctx, slug, actor)
    if (delivered === 'not-closed' || delivered === 'not-found') return 'not-closed'
    await insertDelivery(tx, statement.id, { id, revision: 1, ...delivery }, now.toISOString())
    const detail = { entry: id, kind: delivery.kind }
    await record(tx, ctx, { actor, action: 'delivery recorded', subject: slug, detail })
    return 'recorded'
  })
}

/** @returns false when somebody else has corrected or removed it meanwhile */
export async function changeDelivery(
  ctx: Pick<Context, 'db' | 'clock'>,
  { id: statementId, slug }: Pick<Statement, 'id' | 'slug'>,
  delivery: Delivery,
  actor: string,
): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await correctDelivery(tx, statementId, delivery))) return false
    const detail = { entry: delivery.id, kind: delivery.kind }
    await record(tx, ctx, { actor, action: 'delivery corrected', subject: slug, detail })
    return true
  })
}

export async function removeDelivery(
  ctx: Pick<Context, 'db' | 'clock'>,
  { id: statementId, slug }: Pick<Statement, 'id' | 'slug'>,
  id: string,
  actor: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteDelivery(tx, statementId, id))) return
    const detail = { entry: id }
    await record(tx, ctx, { actor, action: 'delivery removed', subject: slug, detail })
  })
}

/** Only of what nobody can sign any more. */
export function mayRecord(statement: Statement, now: Date): boolean {
  return ['closed', 'delivered', 'archived'].includes(statusAt(statement, now))
}
