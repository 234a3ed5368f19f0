// Ready sentences for journalists, in each language of the site.
import type { Context } from '../context.ts'
import { citeList, phraseOf, whoEndorsed } from '../editions/citation.ts'
import { titleIn } from '../endorsements/views.ts'
import { prefixFor } from '../http/respond.ts'
import { formatsOf } from '../languages/formats.ts'
import { languages, translator } from '../languages/languages.ts'
import { pathsUnder } from '../paths.ts'
import type { Counts } from '../signatories/counts.ts'
import type { Statement } from '../statements/stored-statement.ts'

/** In the language of the page first; none while there is nobody to tell of. */
export function sentencesFor(
  { config }: Pick<Context, 'config'>,
  statement: Statement,
  counts: Counts,
  language: string,
) {
  if (counts.total === 0) return []
  return languages
    .toSorted((a, b) => Number(b.code === language) - Number(a.code === language))
    .map(({ code, name, dir }) => {
      const t = translator(code)
      const speech = { language: code, t, format: formatsOf(code) }
      const urls = pathsUnder(config.baseUrl, prefixFor({ config }, code))
      const title = titleIn(statement, code)
      const url = urls.statement(statement.slug)
      const cited = citeList({ title, counts, url, siteName: config.siteName }, speech)
      const who = whoEndorsed(counts, speech)
      const where = counts.countries > 0 ? ` (${phraseOf(t, 'countries', counts.countries)})` : ''
      return {
        language: code,
        name,
        dir,
        sentence: t('press.sentence', { title: title.text, who, where }),
        citation: cited.before + cited.title.text + cited.after,
      }
    })
}
