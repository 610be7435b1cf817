// The table of results, for the terminal and for the README.

const BEGIN = '<!-- The table of runtimes: npm run test:runtimes -- --write writes it. -->'
const END = '<!-- The end of the table of runtimes. -->'

/** Formats the results as a Markdown table. */
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

/** Replaces the table between the markers of a page. */
export function withTable(page, table) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error(`The markers of the table are missing: ${BEGIN} … ${END}`)
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`
}
