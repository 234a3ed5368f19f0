// What is said on pages and in mails about a statement that only some may see yet.
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/languages.ts'
import type { ZonedTime } from '../text/dates.ts'

/** @param until null: it is public, and nothing is said */
export function embargoNotices(
  until: ZonedTime | null,
  { t, format }: { t: Translate; format: Formats },
): string[] {
  if (until === null) return []
  const { local, zone, utc } = format.instant(until.instant, until.zone)
  return [t('notice.embargo', { local, zone, utc })]
}
