// The chart of the README: requests per second of a failing route, relative to a successful route.

const WIDTH = 720
const BAR = 18
const LABEL = 310
const SCALE = 330 // the successful route

const DEFAULT = 'http-failure, default (with stack traces)'
const STACK_TRACES_OF_SERVER_ERRORS = "http-failure, Failure.stackTraces = 'server'"

/** The bars by title. In the results, the peer of each of these servers is the successful route of its platform. */
const bars = {
  'Nest on Express': {
    'express/filterWithStack': DEFAULT,
    'express/filter': STACK_TRACES_OF_SERVER_ERRORS,
    'express/nest': 'Nest’s default filter',
    'express/problemDetailsFilter': 'nest-problem-details-filter',
  },
  'Nest on Fastify': {
    'fastify/filterWithStack': DEFAULT,
    'fastify/filter': STACK_TRACES_OF_SERVER_ERRORS,
    'fastify/nest': 'Nest’s default filter',
    'fastify/problemDetailsFilter': 'nest-problem-details-filter',
  },
  'Hono on Node.js': {
    'hono/responderWithStack': DEFAULT,
    'hono/responder': STACK_TRACES_OF_SERVER_ERRORS,
    'hono/hono': 'Hono’s HTTPException',
  },
}

/** The chart as SVG, in the reader's preferred color scheme. */
export function chartOf({ rows }) {
  const parts = []
  let top = 58
  for (const [title, servers] of Object.entries(bars)) {
    parts.push(`<text class="title" x="20" y="${top + 14}">${title}</text>`)
    top += 24
    for (const [server, label] of Object.entries(servers)) {
      parts.push(barOf(label, ratioOf(server, rows), top))
      top += BAR + 6
    }
    top += 16
  }
  return svg(top + 6, parts.join('\n'))
}

/** Relative to the successful route of the same platform. */
function ratioOf(server, rows) {
  const successful = `${server.split('/')[0]}/happy`
  return rows.find(({ servers }) => servers?.subject === server && servers.peer === successful)?.value
}

function barOf(label, ratio, top) {
  if (ratio === undefined) return ''
  const className = label.startsWith('http-failure') ? 'subject' : 'peer'
  const width = Math.round(SCALE * ratio)
  const baseline = top + BAR - 5
  return `<text x="${LABEL - 12}" y="${baseline}" text-anchor="end">${label}</text>
<rect class="${className}" x="${LABEL}" y="${top}" width="${width}" height="${BAR}" rx="2"/>
<text class="figure" x="${LABEL + width + 8}" y="${baseline}">${ratio.toFixed(2)}</text>`
}

function svg(height, content) {
  const description = 'Requests per second of a route that fails, relative to a route that succeeds.'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${description}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .head { font-size: 15px; font-weight: 600 }
  .figure { paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
  .background { fill: #ffffff }
  .subject { fill: #1a7f5a }
  .peer { fill: #8c959f }
  .successful { stroke: #1f2328; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .figure { stroke: #0d1117 }
    .background { fill: #0d1117 }
    .subject { fill: #3fb950 }
    .peer { fill: #6e7681 }
    .successful { stroke: #e6edf3 }
  }
</style>
<rect class="background" width="100%" height="100%" rx="6"/>
<text class="head" x="20" y="30">Requests per second of a failing route, relative to a successful one (dashed line)</text>
<line class="successful" x1="${LABEL + SCALE}" x2="${LABEL + SCALE}" y1="46" y2="${height - 12}"/>
${content}
</svg>
`
}
