import Negotiator from 'negotiator'
import { unpollutedMember } from '../problem/unknown-values.js'
import { listElements } from '../reply/field-values.js'
import type { ContentNegotiator, Representation } from '../responder/representation.js'
import { checkedRepresentations } from './checked-representations.js'

/**
 * Chooses a representation by the `Accept` header of the request. RFC 9110, 12.5.1
 *
 * The order of precedence: the weight of the type that is sent, the specificity of the media range, the order in `Accept`, the
 * order of the arguments. The default, if `Accept` is missing, invalid or not satisfiable, is the first representation that
 * `Accept` does not refuse with a weight of 0; if it refuses all, the first one.
 *
 * @example
 * ```ts
 * new FailureResponder({ represent: byAccept(problemJson, html, text) })
 * ```
 * @throws TypeError without arguments, or for an argument that is not a representation
 */
export function byAccept(...representations: readonly Representation[]): ContentNegotiator {
  const [first] = checkedRepresentations(representations)
  const offers = new Offers(representations)
  // Parsing Accept takes longer than the rest of a reply, and most clients send one of a few values.
  const chosen = memoize((accept) => offers.preferred(truncateAccept(accept)) ?? first)
  return Object.freeze({
    choose: (accept: string | undefined) => (typeof accept === 'string' ? chosen(accept) : first),
    varies: representations.length > 1,
  })
}

/** The offered media types, independent of the request. */
class Offers {
  constructor(private readonly representations: readonly Representation[]) {}

  /**
   * The representation that a client prefers. If it accepts none, the first one that it does not refuse with a weight of 0;
   * `undefined` if it refuses all.
   */
  preferred(accept: string): Representation | undefined {
    const byType = this.#byTypeFor(accept)
    const [type] = ranked(accept, [...byType.keys()])
    if (type !== undefined) return byType.get(type)
    // A type that `Accept` does not contain is acceptable with the lowest weight.
    const [notRefused] = ranked(
      `*/*;q=0.001,${accept}`,
      this.representations.map(({ mediaType }) => inUtf8(mediaType)),
    )
    return this.representations.find(({ mediaType }) => inUtf8(mediaType) === notRefused)
  }

  /** The representations by the types for which a client accepts them: a weight for the type that is sent takes precedence. */
  #byTypeFor(accept: string): Map<string, Representation> {
    const byType = new Map<string, Representation>()
    for (const representation of this.representations) {
      const { mediaType } = representation
      const alsoFor = (unpollutedMember(representation, 'alsoFor') ?? []) as readonly string[]
      for (const type of isNamed(mediaType, accept) ? [mediaType] : [mediaType, ...alsoFor]) {
        if (!byType.has(inUtf8(type))) byType.set(inUtf8(type), representation)
      }
    }
    return byType
  }
}

/** Whether `Accept` contains a media type itself, with any weight, rather than a range. */
function isNamed(mediaType: string, accept: string): boolean {
  return listElements(accept).some((range) => {
    const [type = '', ...parameters] = range.split(';')
    if (type.trim().toLowerCase() !== mediaType.replace(/\s*;.*$/s, '').toLowerCase()) return false
    const unweighted = [type, ...parameters.filter((parameter) => !IS_WEIGHT.test(parameter))].join(';')
    return ranked(unweighted, [inUtf8(mediaType)]).length > 0
  })
}

/** RFC 9110, 12.4.2 */
const IS_WEIGHT = /^\s*q\s*=/i

/** The types that a client accepts, in order of preference. */
function ranked(accept: string, types: readonly string[]): string[] {
  return new Negotiator({ headers: { accept } }).mediaTypes(types)
}

/** All content is UTF-8, so `application/json; charset=utf-8` is acceptable. */
function inUtf8(type: string): string {
  return `${type};charset=utf-8`
}

/** The rest of a longer `Accept` is ignored. */
const LONGEST_ACCEPT = 2048

/** RFC 9110, 5.6.4: a comma in a quoted string is not a separator. An unclosed string extends to the end. */
const QUOTED_OR_COMMA = /"(?:[^"\\]|\\.)*"?|,/gs

/** The part of an `Accept` that is read. It ends at a comma, since half a media range has another meaning. */
function truncateAccept(accept: string): string {
  if (accept.length <= LONGEST_ACCEPT) return accept
  const beginning = accept.slice(0, LONGEST_ACCEPT)
  const commas = [...beginning.matchAll(QUOTED_OR_COMMA)].filter(([match]) => match === ',')
  return beginning.slice(0, commas.at(-1)?.index ?? 0)
}

/** The largest number of results, and the longest argument that is stored: the arguments come from clients. */
const MOST_RESULTS = 100
const LONGEST_ARGUMENT = 256

/** A function that stores its results. */
function memoize<Result>(compute: (argument: string) => Result): (argument: string) => Result {
  const results = new Map<string, Result>()
  return (argument) => {
    const result = results.get(argument) ?? compute(argument)
    if (argument.length > LONGEST_ARGUMENT) return result
    if (results.size === MOST_RESULTS) results.clear()
    results.set(argument, result)
    return result
  }
}
