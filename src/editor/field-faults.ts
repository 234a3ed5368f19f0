// Says in the words of the page what the rules of statement files find wrong (statements/file-fields).
import type { MessageArguments, MessageKey } from '../languages/languages.ts'
import { checkText } from '../statements/check-text.ts'
import type { FieldFault } from '../statements/read-fields.ts'
import { parseZonedTime } from '../text/dates.ts'

/** `field` is the name of the control. */
export interface EditorFault {
  field: string
  message: MessageKey
  args?: MessageArguments
}

const fields: Record<string, [field: string, message: MessageKey]> = {
  slug: ['title', 'editor.fault.title'],
  title: ['title', 'editor.fault.title'],
  summary: ['summary', 'editor.fault.summary'],
  dated: ['dated', 'editor.fault.dated'],
  topics: ['topics', 'editor.fault.topics'],
}

/** One fault a control. @param raw what was read */
export function explainFaults(found: FieldFault[], raw: Record<string, unknown>): EditorFault[] {
  const faults = found.map(({ path }) => explain(path, raw))
  return [...new Map(faults.map((fault) => [fault.field, fault])).values()]
}

function explain(path: FieldFault['path'], raw: Record<string, unknown>): EditorFault {
  const [top = '', index, key] = path.map(String)
  if (top === 'closes_at') return timeFault('closes', raw[top])
  if (top === 'embargo_until') return timeFault('embargo', raw[top])
  if (top === 'convenors' || top === 'addressees') {
    const row = top === 'convenors' ? 'convenor' : 'addressee'
    return lineFault(`${row}_${index ?? '0'}_${key ?? 'name'}`, key)
  }
  if (top === 'originally_published') return lineFault(`origin_${index ?? 'name'}`, index)
  const [field, message] = fields[top] ?? [top, 'editor.fault.line']
  return { field, message }
}

function lineFault(field: string, key = 'name'): EditorFault {
  const special = { url: 'editor.fault.url', country: 'editor.fault.country' } as const
  const message = key === 'url' || key === 'country' ? special[key] : 'editor.fault.line'
  return { field, message }
}

/** @param written as a statement file has it */
export function timeFault(name: string, written: unknown): EditorFault {
  const field = `${name}_date`
  const parsed = parseZonedTime(typeof written === 'string' ? written : '')
  if (parsed.ok) return { field, message: 'editor.fault.order' }
  const isClockChange = parsed.fault === 'skipped' || parsed.fault === 'ambiguous'
  return { field, message: isClockChange ? 'editor.fault.clocks' : 'editor.fault.time' }
}

/** Of a text that is Markdown; its lines are told. */
export function bodyFaults(body: string): EditorFault[] {
  if (body === '') return [{ field: 'body', message: 'editor.fault.no-body' }]
  const lines = [...new Set(checkText(body).map(({ line }) => line))]
  if (lines.length === 0) return []
  const args = { lines: lines.slice(0, 10).join(', ') }
  return [{ field: 'body', message: 'editor.fault.body', args }]
}
