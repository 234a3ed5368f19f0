// Very many forms at the same time, sent with as little work as can be, so that the time goes to the site.
import autocannon, { type Request } from 'autocannon'

export interface Form {
  path: string
  fields: Record<string, string>
  /** the address it comes from, as a proxy says it */
  ip: string
}

/** @returns how often each status was answered */
export function flood(
  url: string,
  { times, atOnce, form }: { times: number; atOnce: number; form: (index: number) => Form },
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {}
  let index = 0
  const setupRequest = (request: Request) => {
    const { path, fields, ip } = form(index++)
    const headers = { ...request.headers, 'X-Forwarded-For': ip }
    return { ...request, path, headers, body: new URLSearchParams(fields).toString() }
  }
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const options = {
    url,
    connections: atOnce,
    maxOverallRequests: times,
    duration: 600,
    timeout: 600,
    sampleInt: 50,
    requests: [{ method: 'POST', headers, setupRequest }],
  }
  return new Promise((resolve, reject) => {
    const run = autocannon(options, (fault, { errors, timeouts }) => {
      if (fault) reject(fault)
      else if (errors + timeouts > 0) reject(new Error(`${errors} errors, ${timeouts} timeouts`))
      else resolve(statuses)
    })
    run.on('response', (_client, status) => (statuses[status] = (statuses[status] ?? 0) + 1))
  })
}
