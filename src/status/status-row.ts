/**
 * The state of a status code in the IANA registry. A `temporary` registration is for an Internet-Draft, and may have expired;
 * the code is kept as long as the draft is being edited. RFC 7120, 3
 *
 * @example const registration: HttpStatusRegistration = HttpStatus.of(510).registration        // 'obsoleted'
 */
export type HttpStatusRegistration = 'registered' | 'temporary' | 'deprecated' | 'obsoleted' | 'unused'

/** One row of the status table, without its name. */
export interface StatusRow<Code, Reference, Registration, Phrase> {
  readonly code: Code
  readonly description: string
  readonly reference: Reference
  readonly registration: Registration
  readonly phrase: Phrase
}

/**
 * Creates a row of the status table.
 *
 * @param reference - an RFC and its section, such as `RFC 9110, 15.5.5`, or the name of an Internet-Draft
 * @param phrase - required if it differs from the name in title case, as in `OK`
 */
/*@__NO_SIDE_EFFECTS__*/
export function status<
  const Code extends number,
  const Reference extends string,
  const Registration extends HttpStatusRegistration = 'registered',
  const Phrase extends string | undefined = undefined,
>(
  code: Code,
  description: string,
  reference: Reference,
  registration = 'registered' as Registration,
  phrase = undefined as Phrase,
): StatusRow<Code, Reference, Registration, Phrase> {
  return { code, description, reference, registration, phrase }
}

/** The URL of a specification. */
export function specificationUrl(reference: string): string {
  const [document = '', section] = reference.split(', ')
  if (!document.startsWith('RFC ')) return `https://datatracker.ietf.org/doc/html/${document}`
  return `https://www.rfc-editor.org/rfc/rfc${document.slice(4)}.html#section-${section}`
}

/**
 * The name of a status in title case: `Not Found` for `NOT_FOUND`.
 *
 * @example const phrase: PhraseOfName<'NOT_FOUND'> = 'Not Found'
 */
export type PhraseOfName<Name extends string> = Name extends `${infer Word}_${infer Others}`
  ? `${Capitalize<Lowercase<Word>>} ${PhraseOfName<Others>}`
  : Capitalize<Lowercase<Name>>

/** The same at run time. */
export function phraseOfName<Name extends string>(name: Name): PhraseOfName<Name> {
  const words = name.split('_').map((word) => word[0] + word.slice(1).toLowerCase())
  return words.join(' ') as PhraseOfName<Name>
}
