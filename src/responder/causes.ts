import { memberOf } from '../problem/foreign-values.js'

/** How many causes below an error a console shows, before it writes `[Error]`. */
const SHOWN_WITH_AN_ERROR = 2

/** A chain that is longer is of no use to anybody, or has no end. */
const LONGEST_CHAIN = 100

/**
 * An error, and those of its causes that a console would not show with it: it stops after a few, and the first cause
 * of all is the one that matters most.
 */
export function causesToShow(error: unknown): unknown[] {
  return chainOf(error).filter((_, index) => index % (SHOWN_WITH_AN_ERROR + 1) === 0)
}

/** An error and its causes, the last of which is the first of all. */
export function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let link = error; isNew(link, chain); link = memberOf(link, 'cause')) chain.push(link)
  return chain
}

/** `undefined` is what an error without a cause has. */
function isNew(link: unknown, chain: readonly unknown[]): boolean {
  return link !== undefined && !chain.includes(link) && chain.length < LONGEST_CHAIN
}
