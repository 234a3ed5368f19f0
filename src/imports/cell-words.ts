// Answers in cells, as form tools keep them: "Yes", "Oui", "Да", "No, count us but do not publish our
// name". What is not understood stays as it is, and is told as a fault by the form's rules.
import { foldForSearch } from '../text/fold.ts'

const confidential =
  'confidential|confidencial|confidentiel|anonymous|anónim|anonyme|конфиденциальн|аноним|سري|مجهول|forget'
const withheld =
  'withheld|do not publish|do not show|not publish|not show|not publicly|not be listed|count us but|count me but|' +
  'only count|no publicar|no mostrar|sin publicar|ne pas publier|ne pas afficher|sans publier|не публиковать|' +
  'не показывать|без публикации|لا تنشر|عدم النشر|دون نشر'
const no = 'no|n|non|нет|لا|false|0|not|nein|não'
const yes =
  'yes|y|si|sí|oui|да|نعم|true|1|x|✓|✔|ja|sim|ok|on|agree|i agree|de acuerdo|d’accord|согласен|согласна|أوافق'
const listed = 'listed|public|show our name|show my name|publicly'

const words = (text: string) => text.split('|').map(plain)
const lists = {
  confidential: words(confidential),
  withheld: words(withheld),
  no: new Set(words(no)),
  yes: new Set(words(yes)),
  listed: new Set(words(listed)),
}

/**
 * The answer to "may we list you?" as a visibility. No answer at all where others were asked is no
 * yes: the name is withheld, and its owner can show it.
 */
export function readVisibilityWords(cell: string): string {
  const text = plain(cell)
  if (text === '') return 'withheld'
  if (lists.confidential.some((word) => text.includes(word))) return 'confidential'
  if (lists.no.has(firstWord(text)) || lists.withheld.some((word) => text.includes(word))) {
    return 'withheld'
  }
  return lists.listed.has(text) || isYes(cell) ? 'listed' : cell
}

/** A wish for mails only by a clear yes (product.md P-6). */
export function isYes(cell: string): boolean {
  const text = plain(cell)
  return lists.yes.has(text) || lists.yes.has(firstWord(text))
}

const organisation = words('organisation|organization|organización|организация|منظمة|org|ngo|group')
const individual = words('individual|person|persona|personne|particulier|человек|лицо|فرد|شخص')

export function readTypeWords(cell: string): string {
  const text = plain(cell)
  if (organisation.some((word) => text.startsWith(word))) return 'organisation'
  return individual.some((word) => text.startsWith(word)) ? 'individual' : cell
}

const nothing = new Set(
  words('n/a|na|none|-|--|—|.|no tiene|ninguno|aucun|néant|нет|не имеется|لا يوجد|nil|no'),
)

/** "n/a" in an optional column says that there is none. */
export function isNothing(cell: string): boolean {
  return nothing.has(plain(cell))
}

function plain(text: string): string {
  return foldForSearch(text).replaceAll(/\s+/gu, ' ').trim()
}

const firstWord = (text: string) => text.split(/[\s,.;:!]/u, 1)[0] ?? ''
