// The status of an organisation with the Economic and Social Council of the United Nations (ECOSOC
// resolution 1996/31), in the order in which the United Nations lists them. No input, no database.

export const ecosocStatuses = ['general', 'special', 'roster'] as const
export type EcosocStatus = (typeof ecosocStatuses)[number]

/** null for anything else: an organisation without consultative status */
export function ecosocStatusIn(text: string): EcosocStatus | null {
  return ecosocStatuses.find((status) => status === text) ?? null
}
