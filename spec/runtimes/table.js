// The table of what was run, for the terminal and for the README.

const BEGIN = '<!-- The table of runtimes: npm run test:runtimes -- --write writes it. -->'
const END = '<!-- The end of the table of runtimes. -->'

/** A table in Markdown. */
export function tableOf(results) {
  const rows = results.map(({ name, version, passed, failed, reason }) => [
    name,
    version ?? '',
    reason === undefined ? resultOf(passed, failed) : `not run: ${reason}`,
  ])
  return [['Runtime', 'Version', 'Result'], ['---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function resultOf(passed, failed) {
  return failed === 0 ? `${passed} checks passed` : `${passed} checks passed, ${failed} failed`
}

/** A text with another table between the markers. */
export function withTable(text, table) {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error(`There is no place for the table: ${BEGIN} … ${END}`)
  return `${text.slice(0, begin)}${BEGIN}\n\n${table}\n\n${text.slice(end)}`
}
