// Who may do what at the desk (product.md §1). Pure rules; docs/roles.md has them as a table.

export const roles = ['viewer', 'translator', 'coordinator', 'admin'] as const
export type Role = (typeof roles)[number]

/** What somebody is for one statement; admins are admins everywhere. */
export type TeamRole = Exclude<Role, 'admin'>

/** What a page of a statement asks for. */
export type Power = 'read' | 'translate' | 'coordinate'

const powers: Record<Role, readonly Power[]> = {
  viewer: ['read'],
  translator: ['read', 'translate'],
  coordinator: ['read', 'translate', 'coordinate'],
  admin: ['read', 'translate', 'coordinate'],
}

/** @param inTeam null for a statement that is not theirs; it must look as if there were none */
export function mayOn(role: Role, inTeam: TeamRole | null, power: Power): boolean {
  const acting = role === 'admin' ? role : inTeam
  return acting !== null && powers[acting].includes(power)
}

export function isTeamRole(text: string): text is TeamRole {
  return text !== 'admin' && isRole(text)
}

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

/** Who can publish or read personal data needs more than a mailbox (the second factor). */
export function needsSecondFactor(role: Role): boolean {
  return role === 'admin' || role === 'coordinator'
}
