// What a row shall reach, as the issue says it.

export function atMost(value) {
  return { sign: '≤', value }
}

export function atLeast(value) {
  return { sign: '≥', value }
}

/** Rounded as it is shown, so that the table does not contradict itself. */
export function isReached({ sign, value }, measured, digits) {
  const shown = Number(measured.toFixed(digits))
  return sign === '≤' ? shown <= value : shown >= value
}
