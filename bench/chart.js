// The essence of the results for the README: how many requests a failing route answers, of those of a happy one.

const WIDTH = 720
const BAR = 18
const LABEL = 270
const SCALE = 330 // the happy route

/** What the chart shows of the servers, by title: the peer of each row is the happy route. */
const bars = {
  'Nest on Express': {
    'express/filter': 'http-failure',
    'express/filterWithStack': 'http-failure, with stacks',
    'express/nest': 'Nest’s own filter',
    'express/problemDetailsFilter': 'nest-problem-details-filter',
  },
  'Nest on Fastify': {
    'fastify/filter': 'http-failure',
    'fastify/filterWithStack': 'http-failure, with stacks',
    'fastify/nest': 'Nest’s own filter',
    'fastify/problemDetailsFilter': 'nest-problem-details-filter',
  },
  'Hono on Node': {
    'hono/responder': 'http-failure',
    'hono/responderWithStack': 'http-failure, with stacks',
    'hono/hono': 'Hono’s HTTPException',
  },
}

/** The chart as SVG, in the colours that the reader prefers. */
export function chartOf({ rows }) {
  const parts = []
  let top = 58
  for (const [title, servers] of Object.entries(bars)) {
    parts.push(`<text class="title" x="20" y="${top + 14}">${title}</text>`)
    top += 24
    for (const [server, label] of Object.entries(servers)) {
      parts.push(barOf(label, shareOf(server, rows), top))
      top += BAR + 6
    }
    top += 16
  }
  return svg(top + 6, parts.join('\n'))
}

/** A server against the happy route of its platform. */
function shareOf(server, rows) {
  const happy = `${server.split('/')[0]}/happy`
  return rows.find(({ servers }) => servers?.subject === server && servers.peer === happy)?.value
}

function barOf(label, share, top) {
  if (share === undefined) return ''
  const kind = label.startsWith('http-failure') ? 'ours' : 'peer'
  const width = Math.round(SCALE * share)
  const middle = top + BAR - 5
  return `<text x="${LABEL - 12}" y="${middle}" text-anchor="end">${label}</text>
<rect class="${kind}" x="${LABEL}" y="${top}" width="${width}" height="${BAR}" rx="2"/>
<text class="figure" x="${LABEL + width + 8}" y="${middle}">${share.toFixed(2)}</text>`
}

function svg(height, content) {
  const description =
    'Requests per second of a route that answers with a failure, relative to a route that answers with data.'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${description}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .head { font-size: 15px; font-weight: 600 }
  .figure { paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
  .ground { fill: #ffffff }
  .ours { fill: #1a7f5a }
  .peer { fill: #8c959f }
  .happy { stroke: #1f2328; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .figure { stroke: #0d1117 }
    .ground { fill: #0d1117 }
    .ours { fill: #3fb950 }
    .peer { fill: #6e7681 }
    .happy { stroke: #e6edf3 }
  }
</style>
<rect class="ground" width="100%" height="100%" rx="6"/>
<text class="head" x="20" y="30">Requests per second of a failing route; the line is a happy one</text>
<line class="happy" x1="${LABEL + SCALE}" x2="${LABEL + SCALE}" y1="46" y2="${height - 12}"/>
${content}
</svg>
`
}
