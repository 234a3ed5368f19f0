// Reads what mail servers send back (RFC 3464): which of our mails could not be delivered, for good.
// Delays, auto-replies and everything else that comes back say nothing.
import PostalMime from 'postal-mime'

/** `mailId` is the part of the Message-ID before the @ (see sender.ts). */
export type Bounce =
  { kind: 'permanent'; mailId: string } | { kind: 'temporary' } | { kind: 'other' }

export async function readBounce(message: string | Uint8Array): Promise<Bounce> {
  const parts = await partsOf(message)
  const report = parts.find(({ type }) => type === 'message/delivery-status')
  if (!report) return { kind: 'other' }
  const outcomes = report.text.split(/\r?\n[\t ]*\r?\n/).map(fieldsOf)
  if (!outcomes.some(isPermanent)) return { kind: 'temporary' }
  const original = parts.find(({ type }) => /^(?:text\/rfc822-headers|message\/rfc822)$/.test(type))
  const id = original && fieldsOf(original.text.split(/\r?\n\r?\n/)[0] ?? '').get('message-id')
  const mailId = /<([^<>@\s]+)@[^<>@\s]+>/.exec(id ?? '')?.[1]
  return mailId === undefined ? { kind: 'other' } : { kind: 'permanent', mailId }
}

async function partsOf(message: string | Uint8Array): Promise<{ type: string; text: string }[]> {
  const mail = await PostalMime.parse(message, {
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
  })
  return mail.attachments.map(({ mimeType, content }) => ({
    type: mimeType.toLowerCase(),
    text: typeof content === 'string' ? content : new TextDecoder().decode(content),
  }))
}

/** The fields of one block of headers by lower-case name; folded lines are unfolded. */
function fieldsOf(block: string): Map<string, string> {
  const lines = block.replaceAll(/\r?\n[\t ]+/g, ' ').split(/\r?\n/)
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name.toLowerCase(), value?.trim() ?? ''] as const]
    }),
  )
}

/** Both must say so: some servers report a delay with a permanent status, or the other way round. */
function isPermanent(fields: Map<string, string>): boolean {
  const action = fields.get('action')?.toLowerCase() ?? ''
  return /^failed\b/.test(action) && /^5\.\d{1,3}\.\d{1,3}\b/.test(fields.get('status') ?? '')
}

/**
 * The messages of an mbox file (RFC 4155), or the one message that a pipe delivers, which may begin
 * with a "From " line as well.
 */
export function messagesIn(text: string): string[] {
  if (!text.startsWith('From ')) return text.trim() === '' ? [] : [text]
  return text
    .split(/^From .*(?:\r?\n|$)/m)
    .map((message) => message.replaceAll(/^>(>*From )/gm, '$1'))
    .filter((message) => message.trim() !== '')
}
