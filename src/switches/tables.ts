// What the operator has switched off for a while; a row means "off since".

export type SwitchName = 'signing' | 'writing' | 'mail'

export interface SwitchTables {
  switches: { name: SwitchName; since: string }
}
