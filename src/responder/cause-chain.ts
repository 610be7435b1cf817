import { memberOf } from '../problem/unknown-values.js'

/** The number of nested causes that a console shows, before it prints `[Error]`. */
const SHOWN_WITH_AN_ERROR = 2

/** Longer chains are cut; they may be endless. */
const LONGEST_CHAIN = 100

/**
 * An error and those of its causes that a console would not print with it. A console stops after a few causes, but the
 * root cause matters most.
 */
export function causesToShow(error: unknown): unknown[] {
  return chainOf(error).filter((_, index) => index % (SHOWN_WITH_AN_ERROR + 1) === 0)
}

/** An error and its causes; the last one is the root cause. */
export function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let link = error; isNew(link, chain); link = memberOf(link, 'cause')) chain.push(link)
  return chain
}

/** An error without a cause has the cause `undefined`. */
function isNew(link: unknown, chain: readonly unknown[]): boolean {
  return link !== undefined && !chain.includes(link) && chain.length < LONGEST_CHAIN
}
