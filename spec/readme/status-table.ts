import { readFileSync } from 'node:fs'
import { failureClass, HttpStatus, type HttpStatusInfo } from '../../src/index.js'

/** The guide that contains the table. */
export const STATUSES = 'guides/statuses.md'

const BEGIN = '<!-- The statuses: npm run accept writes them. -->'
const END = '<!-- The end of the statuses. -->'

/** The classes of status codes, by first digit. RFC 9110, 15 */
const CLASSES = ['Informational', 'Successful', 'Redirection', 'Client error', 'Server error']

/** The guide to the statuses, with a section for each class of codes generated from the status table. */
export function guideWithStatusTable(): string {
  const guide = readFileSync(STATUSES, 'utf8')
  const [before, rest = ''] = guide.split(BEGIN)
  const [, after] = rest.split(END)
  return `${before}${BEGIN}\n\n${CLASSES.map(sectionOf).join('\n\n')}\n\n${END}${after}`
}

function sectionOf(title: string, index: number): string {
  const statuses = [...HttpStatus].filter(({ code }) => Math.floor(code / 100) === index + 1)
  return `## ${index + 1}xx: ${title}\n\n${tableOf(statuses, index + 1 >= 4)}`
}

function tableOf(statuses: readonly HttpStatusInfo[], withClasses: boolean): string {
  const columns = [
    'Code',
    'Phrase',
    '`HttpStatus`',
    ...(withClasses ? ['Failure'] : []),
    'Description',
    'Specification',
  ]
  const rows = statuses.map((status) => [
    String(status.code),
    status.phrase,
    `\`${status.name}\``,
    ...(withClasses ? [`\`${failureClass(status.code as number).name}\``] : []),
    descriptionOf(status),
    `[${status.reference}](${status.url})`,
  ])
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function descriptionOf({ description, registration }: HttpStatusInfo): string {
  return registration === 'registered' ? description : `${description} (${registration})`
}
