// Formats the curves as tables and as one-line summaries.

/** A smaller growth from the first to the last point is within the noise of the machine and its caches. */
const FLAT = 1.3

export function curveTables(curves, tableOf) {
  return curves
    .map(({ label, unit, points }) => {
      const rows = points.map(({ point, nanoseconds }) => [
        String(point),
        `${Math.round(nanoseconds)} ns`,
        `× ${(nanoseconds / points[0].nanoseconds).toFixed(2)}`,
      ])
      return `${capitalized(label)}:\n\n${tableOf([unit, 'time', 'relative to the first'], rows)}`
    })
    .join('\n\n')
}

/** One line per curve. */
export function summaries(curves) {
  return curves.map(({ label, unit, points, flat }) => {
    const [first, last] = [points[0], points.at(-1)]
    const growth = last.nanoseconds / first.nanoseconds
    const result = growth <= FLAT ? 'does not grow' : `grows ${growth.toFixed(1)}-fold${flat ? ' (it should not)' : ''}`
    return `- ${capitalized(label)}: ${result} from ${first.point} to ${last.point} ${unit}${slopeAtEnd(points, growth)}.`
  })
}

/** The cost per unit between the last two points, for curves that grow and span at least two orders of magnitude. */
function slopeAtEnd(points, growth) {
  if (growth <= FLAT || points.at(-1).point / Math.max(1, points[0].point) < 100) return ''
  const [previous, last] = points.slice(-2)
  const slope = (last.nanoseconds - previous.nanoseconds) / (last.point - previous.point)
  return slope <= 0 ? ', but not at the end' : `; at the end, each adds ${slope.toFixed(slope < 10 ? 2 : 0)} ns`
}

function capitalized(label) {
  return label[0].toUpperCase() + label.slice(1)
}
