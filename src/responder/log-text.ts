/**
 * A text of somebody else's as a part of one line of a log, cut after so many characters. It can neither begin another
 * line nor command a terminal.
 */
export function oneLine(text: string, most: number): string {
  return escaped(text.length > most ? `${text.slice(0, most)}…` : text)
}

/** A text of several lines as what belongs to the line above it: it is indented, so that none looks like another entry. */
export function belonging(text: string): string {
  return text.split('\n').map(escaped).join('\n  ')
}

/** Escapes control characters, line separators, halves of characters, and what turns the direction of writing around. */
function escaped(line: string): string {
  // Written here, it is not made before there is something to log.
  const unfit = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu
  return line.replace(unfit, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
