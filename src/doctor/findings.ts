// What a check says: one line, and what to do when something is wrong.

export interface Finding {
  name: string
  isOk: boolean
  /** what is so; for a problem also what to do */
  text: string
}

export const ok = (name: string, text: string): Finding => ({ name, isOk: true, text })
export const problem = (name: string, text: string): Finding => ({ name, isOk: false, text })

export function lineOf({ name, isOk, text }: Finding): string {
  return `${isOk ? 'ok     ' : 'PROBLEM'}  ${name}: ${text}`
}

export function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}
