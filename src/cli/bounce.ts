// undersigned bounce
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { type Bounced, takeBounce } from '../endorsements/bounced.ts'
import { messagesIn } from '../mail/bounce.ts'
import { UserFault } from './faults.ts'
import { withContext } from './with-context.ts'

const mostBytes = 50_000_000

export function bounceCommand(): Command {
  return new Command('bounce')
    .description('read a mail that came back: undersigned bounce < message')
    .argument('[file]', 'a message or a mailbox file (mbox); without it, what is piped in')
    .action(readAll)
}

async function readAll(file: string | undefined): Promise<void> {
  const messages = messagesIn(contentOf(file))
  if (messages.length === 0) throw new UserFault('There is no message in what was given.')
  await withContext(async (ctx) => {
    const outcomes: Bounced[] = []
    for (const message of messages) {
      outcomes.push(await takeBounce(ctx, Buffer.from(message, 'latin1'), 'command line'))
    }
    console.log(told(outcomes))
  })
}

/** Bytes one to one: the parts of a message say themselves in which encoding they are. */
function contentOf(file: string | undefined): string {
  const bytes = read(file ?? 0)
  if (bytes.length > mostBytes) throw new UserFault('That is more than 50 MB: split the mailbox.')
  return bytes.toString('latin1')
}

function read(file: string | 0): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new UserFault(
      file === 0 ? 'Nothing was piped in: name a file.' : `"${file}" cannot be read.`,
    )
  }
}

const sentences: Readonly<Record<Bounced, string>> = {
  dropped:
    'The mail came back for good: the unconfirmed endorsement is deleted, no more mail goes.',
  invitation:
    'The mail of an invitation came back for good: coordinators see it beside the invitation.',
  'not-pending': 'The mail came back, but the endorsement is confirmed already: nothing changed.',
  unknown:
    'It came back for good, but is no mail of ours that waits for an answer: nothing changed.',
  temporary: 'The mail is only delayed: nothing changed.',
  other: 'This is no report of a mail that could not be delivered: nothing changed.',
}

function told(outcomes: Bounced[]): string {
  const [only] = outcomes
  if (only !== undefined && outcomes.length === 1) return sentences[only]
  const dropped = outcomes.filter((outcome) => outcome === 'dropped').length
  return `Of ${outcomes.length} messages ${dropped} came back for good: that many unconfirmed endorsements are deleted.`
}
