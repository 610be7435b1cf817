import { MOST_ISSUES } from '../validation/reported-issue.js'

/** What a message says: a detail, or else extension members. */
export interface Said {
  readonly detail?: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

/**
 * Reads the message of an exception. Several, as a `ValidationPipe` has them, become the extension member `errors`, of
 * which the first 100 are reported; a single one is the detail.
 */
export function saidBy(message: unknown): Said {
  if (Array.isArray(message)) return saidByAll(message)
  if (typeof message === 'string') return { detail: withoutQuery(message) }
  return typeof message === 'number' ? { detail: String(message) } : { extensions: { message: message ?? undefined } }
}

function saidByAll(messages: readonly unknown[]): Said {
  if (messages.length === 0) return {}
  if (messages.length === 1 && typeof messages[0] === 'string') return { detail: messages[0] }
  const errors = messages
    .slice(0, MOST_ISSUES)
    .map((message) => (typeof message === 'string' ? { detail: message } : message))
  return { detail: summaryOf(messages.length), extensions: { errors } }
}

function summaryOf(count: number): string {
  if (count === 1) return 'There is an error.'
  return `There are ${count} errors${count > MOST_ISSUES ? `; the first ${MOST_ISSUES} are listed` : ''}.`
}

/**
 * Nest repeats the whole target of a request for which there is no route. Its query may hold what no answer should
 * show, and no log of answers.
 */
function withoutQuery(message: string): string {
  return message.replace(/^(Cannot [A-Z-]+ [^?\s]*)\?\S*$/, '$1')
}
