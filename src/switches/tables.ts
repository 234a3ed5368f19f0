// What the operator has switched off for a while; a row means "off since".

export const switchNames = ['signing', 'writing', 'mail'] as const
export type SwitchName = (typeof switchNames)[number]

export function isSwitchName(text: string): text is SwitchName {
  return (switchNames as readonly string[]).includes(text)
}

export interface SwitchTables {
  switches: { name: SwitchName; since: string }
}
