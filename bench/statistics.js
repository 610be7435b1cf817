/** Unlike the mean, the median ignores a single round in which the machine was busy with something else. */
export function median(values) {
  return quantile(values, 0.5)
}

/** The lower and upper quartile: the middle half of the values lies between them. */
export function spread(values) {
  return [quantile(values, 0.25), quantile(values, 0.75)]
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)]
  const above = sorted[Math.ceil(position)]
  return below + (above - below) * (position - Math.floor(position))
}
