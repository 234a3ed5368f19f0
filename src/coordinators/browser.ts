// A few words to know a session by in the list: never the whole user agent.
const browsers = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'] as const
const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'] as const
const names: Partial<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS': 'macOS' }

/** @param agent the User-Agent header @returns for example "Firefox, Windows"; '' when it does not say. */
export function browserOf(agent: string): string {
  const found = [
    browsers.find((each) => agent.includes(each)),
    systems.find((each) => agent.includes(each)),
  ]
  return found.flatMap((each) => (each === undefined ? [] : [names[each] ?? each])).join(', ')
}
