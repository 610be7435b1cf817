/** The value in the middle: unlike a mean, it does not follow the one round that the machine had something else to do. */
export function median(values) {
  return quantile(values, 0.5)
}

/** Between these two lie the middle half of the values: how far a figure is to be believed. */
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
