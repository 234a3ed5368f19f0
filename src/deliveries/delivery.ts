// What became of a statement: handed over, acknowledged, answered. No input, no database.

export const deliveryKinds = ['delivered', 'acknowledged', 'answered'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** One entry of the public timeline. */
export interface Delivery {
  id: string
  kind: DeliveryKind
  /** `2026`, `2026-12` or `2026-12-10`: as precise as it was given (product.md F-A) */
  happenedOn: string
  /** to whom it was handed over, or who answered */
  who: string
  /** '' when it was not said */
  how: string
  note: string
  /** a web address of a file or page, '' when there is none */
  link: string
  /** in which language it was written down */
  language: string
  /** counts every correction */
  revision: number
}

/** What is typed. */
export type DeliveryText = Omit<Delivery, 'id' | 'revision'>

export function isDeliveryKind(text: string): text is DeliveryKind {
  return (deliveryKinds as readonly string[]).includes(text)
}
