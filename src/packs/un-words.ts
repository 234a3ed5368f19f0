// How long a written statement of NGOs to the United Nations may be.
//
// ECOSOC resolution 1996/31, paragraph 37, and the guidelines of the Human Rights Council for written
// statements (OHCHR, www2.ohchr.org/english/bodies/hrcouncil/guidelines.htm): 2,000 words for NGOs in
// general consultative status, 1,500 for those in special status and on the roster. For its own sessions
// the Council (ECOSOC, paragraph 31) allows the latter 500. It is the status of who submits that counts;
// other NGOs are named as a footnote to the title, "also share the views expressed in this statement".
// The form asks for the number of words that Word tells; it has been asked for with footnotes and
// without, so both are told. It takes English, French and Spanish, as a Word file in Times New Roman 10
// without bold, italics and underlining.

export const unLimits = { general: 2000, others: 1500 } as const
export const unLanguages: readonly string[] = ['en', 'fr', 'es']

/** What stands between spaces, as Word counts; the marks of lists are no words. */
export function wordsInXml(xml: string): number {
  const text = xml.replaceAll(/<\/w:p>|<w:br\/>/g, ' ').replaceAll(/<[^>]*>/g, '')
  return text.split(/\s+/u).filter((word) => word !== '').length
}

export interface Length {
  /** of the text alone */
  text: number
  /** with title and footnote */
  all: number
}

/** By how many words it is too long: with the footnote, and without. */
export function tooLong({ text, all }: Length, limit: number): { text: number; all: number } {
  return { text: Math.max(0, text - limit), all: Math.max(0, all - limit) }
}
