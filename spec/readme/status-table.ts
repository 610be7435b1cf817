import { readFileSync } from 'node:fs'
import { createFailure, HttpStatus, type HttpStatusInfo } from '../../src/index.js'

/** The guide that has the table. */
export const STATUSES = 'guides/statuses.md'

const BEGIN = '<!-- The table of statuses: npm run accept writes it. -->'
const END = '<!-- The end of the table of statuses. -->'

/** The guide to the statuses with its table of statuses and classes as the exports have it. */
export function guideWithStatusTable(): string {
  const guide = readFileSync(STATUSES, 'utf8')
  const [before, rest = ''] = guide.split(BEGIN)
  const [, after] = rest.split(END)
  return `${before}${BEGIN}\n\n${statusTable()}\n\n${END}${after}`
}

function statusTable(): string {
  const rows = [...HttpStatus].map((status) => [
    String(status.code),
    status.phrase,
    `\`${status.name}\``,
    status.code >= 400 ? `\`${classNameOf(status)}\`` : '',
  ])
  return [['Code', 'Phrase', '`HttpStatus`', 'Failure'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function classNameOf({ code }: HttpStatusInfo): string {
  return createFailure(code as number).name
}
