// Curves as tables, and what they say.

/** Below this, a difference between the first and the last point is the noise of the machine, and that of its caches. */
const FLAT = 1.3

export function curveTables(curves, tableOf) {
  return curves
    .map(({ what, unit, points }) => {
      const rows = points.map(({ point, nanoseconds }) => [
        String(point),
        `${Math.round(nanoseconds)} ns`,
        `× ${(nanoseconds / points[0].nanoseconds).toFixed(2)}`,
      ])
      return `${capitalised(what)}:\n\n${tableOf([unit, 'time', 'of the first'], rows)}`
    })
    .join('\n\n')
}

/** One line for each curve. */
export function summaries(curves) {
  return curves.map(({ what, unit, points, flat }) => {
    const [first, last] = [points[0], points.at(-1)]
    const growth = last.nanoseconds / first.nanoseconds
    const said =
      growth <= FLAT ? 'does not grow' : `grows ${growth.toFixed(1)}-fold${flat ? ', which it should not' : ''}`
    return `- ${capitalised(what)}: ${said} from ${first.point} to ${last.point} ${unit}${perUnit(points, growth)}.`
  })
}

/** In proportion, if every further unit costs the same; said of what grows with a number from near nothing on. */
function perUnit(points, growth) {
  if (growth <= FLAT || points.at(-1).point / Math.max(1, points[0].point) < 100) return ''
  const [before, last] = points.slice(-2)
  const slope = (last.nanoseconds - before.nanoseconds) / (last.point - before.point)
  return slope <= 0 ? ', but no more at the end' : `, by ${slope.toFixed(slope < 10 ? 2 : 0)} ns each at the end`
}

function capitalised(text) {
  return text[0].toUpperCase() + text.slice(1)
}
