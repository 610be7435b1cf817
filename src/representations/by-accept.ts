import Negotiator from 'negotiator'
import type { ContentNegotiator, Representation } from '../responder/representation.js'
import { checkedRepresentations } from './checked-representations.js'

/**
 * Chooses a representation by the `Accept` header of the request. RFC 9110, 12.5.1
 *
 * The order of precedence: the weight, the specificity of the media range, the order in `Accept`, the order of the
 * arguments. The first representation is the default, if `Accept` is missing, invalid or not satisfiable.
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
  readonly #representations = new Map<string, Representation>()
  readonly #types: readonly string[]
  readonly #anything: string

  constructor(representations: readonly Representation[]) {
    for (const representation of representations) {
      for (const type of [representation.mediaType, ...(representation.alsoFor ?? [])]) {
        const offer = inUtf8(type)
        if (!this.#representations.has(offer)) this.#representations.set(offer, representation)
      }
    }
    this.#types = [...this.#representations.keys()]
    this.#anything = [...new Set(this.#types.map(rangeOf)), '*/*'].map((range) => `${range};q=0.001`).join(',')
  }

  /** The representation that a client prefers; `undefined` if it accepts none. */
  preferred(accept: string): Representation | undefined {
    const acceptable = ranked(accept, this.#types).map((type) => this.#representations.get(type) as Representation)
    return acceptable.find((representation) => !this.#isRefused(representation, accept))
  }

  /**
   * Whether a client refuses the type that would be sent (`application/problem+json;q=0`) although it accepts another type
   * of the representation. To distinguish this from a type that `Accept` doesn't contain, a range for all types is added.
   */
  #isRefused({ mediaType, alsoFor = [] }: Representation, accept: string): boolean {
    return alsoFor.length > 0 && ranked(`${this.#anything},${accept}`, [inUtf8(mediaType)]).length === 0
  }
}

/** The types that a client accepts, in order of preference. */
function ranked(accept: string, types: readonly string[]): string[] {
  return new Negotiator({ headers: { accept } }).mediaTypes(types)
}

/** All content is UTF-8, so `application/json; charset=utf-8` is acceptable. */
function inUtf8(type: string): string {
  return `${type};charset=utf-8`
}

function rangeOf(type: string): string {
  return type.replace(/\/.*$/s, '/*')
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
