// Which text a form was made for. The text may change while the form is open: nobody endorses what the
// page did not show (product.md C-7, P-5).
import { type Statement, versionFor } from '../statements/stored-statement.ts'

/**
 * @param asked the meaning of the text that the form carries (text_versions); without one, the present
 * @returns what the form is to carry on
 */
export function textShown(
  asked: string,
  statement: Statement,
  language: string,
): { meaning: number; isOutdated: boolean } {
  const present = versionFor(statement, language).meaning
  const shown = /^[1-9]\d{0,6}$/.test(asked) ? Number(asked) : present
  return { meaning: Math.min(shown, present), isOutdated: shown < present }
}
