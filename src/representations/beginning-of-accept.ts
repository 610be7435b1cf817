/** More of an `Accept` than this is nobody's preference. */
const MAX_LENGTH = 2048

/** RFC 9110, 5.6.4: in a quoted string a comma separates nothing. One that is left open reaches to the end. */
const QUOTED_OR_COMMA = /"(?:[^"\\]|\\.)*"?|,/gs

/** As much of an `Accept` as is read. It ends at a comma, since half a media range says something else. */
export function beginningOf(accept: string): string {
  if (accept.length <= MAX_LENGTH) return accept
  const beginning = accept.slice(0, MAX_LENGTH)
  const commas = [...beginning.matchAll(QUOTED_OR_COMMA)].filter(([match]) => match === ',')
  return beginning.slice(0, commas.at(-1)?.index ?? 0)
}
