/** The rest of a longer `Accept` is ignored. */
const LONGEST_ACCEPT = 2048

/** RFC 9110, 5.6.4: a comma in a quoted string is not a separator. An unclosed string extends to the end. */
const QUOTED_OR_COMMA = /"(?:[^"\\]|\\.)*"?|,/gs

/** The part of an `Accept` that is read. It ends at a comma, since half a media range has another meaning. */
export function truncateAccept(accept: string): string {
  if (accept.length <= LONGEST_ACCEPT) return accept
  const beginning = accept.slice(0, LONGEST_ACCEPT)
  const commas = [...beginning.matchAll(QUOTED_OR_COMMA)].filter(([match]) => match === ',')
  return beginning.slice(0, commas.at(-1)?.index ?? 0)
}
