import Negotiator from 'negotiator'
import type { Negotiation, Representation } from '../responder/representation.js'
import { beginningOf } from './beginning-of-accept.js'
import { checkedRepresentations } from './checked-representations.js'
import { remembering } from './remembering.js'

/**
 * Chooses among representations by the `Accept` of a request. RFC 9110, 12.5.1
 *
 * Weights decide, then how exactly a media type is named, then what the client names first, then the order given here.
 * Where the client has no wish that could be met, or none that could be understood, it gets the first one.
 *
 * @example
 * ```ts
 * new FailureResponder({ represent: byAccept(problemJson, html, text) })
 * ```
 * @throws TypeError without a representation, or for something that is none
 */
export function byAccept(...representations: readonly Representation[]): Negotiation {
  const [first] = checkedRepresentations(representations)
  const offers = new Offers(representations)
  // An Accept takes longer to read than a failure to answer, and most clients send one of a few.
  const chosen = remembering((accept) => offers.preferred(beginningOf(accept)) ?? first)
  return Object.freeze({
    choose: (accept: string | undefined) => (typeof accept === 'string' ? chosen(accept) : first),
    varies: representations.length > 1,
  })
}

/** The media types on offer, and what does not depend on the request. */
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

  /** The representation that a client likes best; `undefined` if there is none that it takes. */
  preferred(accept: string): Representation | undefined {
    const acceptable = ranked(accept, this.#types).map((type) => this.#representations.get(type) as Representation)
    return acceptable.find((representation) => !this.#isRefused(representation, accept))
  }

  /**
   * Whether a client refuses the very type that would be sent, `application/problem+json;q=0`, while it takes
   * another one for which the representation is there as well. To tell that from a type which it does not name, it is
   * asked as if it took anything that it does not name.
   */
  #isRefused({ mediaType, alsoFor = [] }: Representation, accept: string): boolean {
    return alsoFor.length > 0 && ranked(`${this.#anything},${accept}`, [inUtf8(mediaType)]).length === 0
  }
}

/** The types that a client takes, the best first. */
function ranked(accept: string, types: readonly string[]): string[] {
  return new Negotiator({ headers: { accept } }).mediaTypes(types)
}

/** All that is sent is UTF-8, so `application/json; charset=utf-8` is a wish that is met. */
function inUtf8(type: string): string {
  return `${type};charset=utf-8`
}

function rangeOf(type: string): string {
  return type.replace(/\/.*$/s, '/*')
}
