// The pages that report an entry and tell what became of it.
import { type EveryPage, open, post } from './campaign.ts'
import type { Visit } from './visits.ts'

export function reportVisits({ site, reported }: EveryPage): Visit[] {
  const form = `/statements/${open}/signatories/1/report`
  const look = (name: string, path: string, status: number, isPrivate: boolean): Visit => ({
    name,
    status,
    isPrivate,
    open: (prefix) => fetch(site.address + prefix + path, { headers: { accept: 'text/html' } }),
  })
  return [
    look('report, which entry', `/statements/${open}/report`, 200, false),
    look('report, no such entry', `/statements/${open}/report?number=9999`, 422, false),
    look('report', form, 200, false),
    look('report of no entry', form.replace('1', '9999'), 404, false),
    {
      name: 'report with faults',
      status: 422,
      isPrivate: true,
      open: (prefix) => post(site, prefix + form, { words: 'x'.repeat(2001) }),
    },
    look('report that waits', reported.waiting, 200, true),
    look('report, kept', reported.kept, 200, true),
    look('report, removed', reported.removed, 200, true),
    look('report, unknown', '/reports/guessed', 404, true),
  ]
}
