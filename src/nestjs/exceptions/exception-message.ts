import { MOST_ISSUES } from '../../validation/reported-issue.js'

/** The members that a message becomes: a detail, or extension members. */
export interface MessageMembers {
  readonly detail: string | undefined
  readonly extensions: Readonly<Record<string, unknown>>
}

/**
 * Reads the message of an exception. A single message is the detail. Several messages, as from a `ValidationPipe`, become
 * the extension member `errors`, with at most 100 entries.
 */
export function membersOfMessage(message: unknown): MessageMembers {
  if (Array.isArray(message)) return membersOfMessages(message)
  if (typeof message === 'string') return { detail: withoutQuery(message), extensions: NO_EXTENSIONS }
  if (typeof message === 'number') return { detail: String(message), extensions: NO_EXTENSIONS }
  return { detail: undefined, extensions: { message: message ?? undefined } }
}

const NO_EXTENSIONS = {}

function membersOfMessages(messages: readonly unknown[]): MessageMembers {
  if (messages.length === 0) return { detail: undefined, extensions: NO_EXTENSIONS }
  if (messages.length === 1 && typeof messages[0] === 'string')
    return { detail: messages[0], extensions: NO_EXTENSIONS }
  const errors = messages
    .slice(0, MOST_ISSUES)
    .map((message) => (typeof message === 'string' ? { detail: message } : message))
  return { detail: errorCount(messages.length), extensions: { errors } }
}

function errorCount(count: number): string {
  if (count === 1) return 'There is an error.'
  return `There are ${count} errors${count > MOST_ISSUES ? `; the first ${MOST_ISSUES} are listed` : ''}.`
}

/**
 * Nest's message for an unknown route contains the whole request target. Its query may contain secrets, which must not
 * appear in responses or logs.
 */
function withoutQuery(message: string): string {
  // Most messages have none, and the pattern takes as long as the rest of the conversion.
  if (!message.includes('?')) return message
  return message.replace(/^(Cannot [A-Z-]+ [^?\s]*)\?\S*$/, '$1')
}
