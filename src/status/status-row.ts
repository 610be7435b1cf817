/**
 * What the IANA registry says of a status code.
 *
 * @example const registration: HttpStatusRegistration = HttpStatus.of(510).registration        // 'obsoleted'
 */
export type HttpStatusRegistration = 'registered' | 'temporary' | 'deprecated' | 'obsoleted' | 'unused'

/** One row of the status table, before it knows its name. */
export interface StatusRow<Code, Phrase, Reference, Registration> {
  readonly code: Code
  readonly phrase: Phrase
  readonly description: string
  readonly reference: Reference
  readonly registration: Registration
}

/** Makes a row of the status table; `reference` reads `RFC 9110, 15.5.5`, or is the name of an Internet-Draft. */
/*@__NO_SIDE_EFFECTS__*/
export function status<
  const Code extends number,
  const Phrase extends string,
  const Reference extends string,
  const Registration extends HttpStatusRegistration = 'registered',
>(
  code: Code,
  phrase: Phrase,
  description: string,
  reference: Reference,
  registration = 'registered' as Registration,
): StatusRow<Code, Phrase, Reference, Registration> {
  return { code, phrase, description, reference, registration }
}

/** Where the text of a specification is found. */
export function specificationUrl(reference: string): string {
  const [document = '', section] = reference.split(', ')
  if (!document.startsWith('RFC ')) return `https://datatracker.ietf.org/doc/html/${document}`
  return `https://www.rfc-editor.org/rfc/rfc${document.slice(4)}.html#section-${section}`
}
