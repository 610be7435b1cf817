// The goals of the benchmarks, as defined in the issue.

export function atMost(value) {
  return { sign: '≤', value }
}

export function atLeast(value) {
  return { sign: '≥', value }
}

/** Compares the rounded value, which is the one in the table, so that the table does not contradict itself. */
export function isReached({ sign, value }, measured, digits) {
  const rounded = Number(measured.toFixed(digits))
  return sign === '≤' ? rounded <= value : rounded >= value
}
