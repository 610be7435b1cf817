/** A string for one line of a log, cut after `most` characters. Control characters are escaped. */
export function oneLine(value: string, most: number): string {
  // Escaping makes it longer.
  return shortened(escaped(shortened(value, most)), most)
}

/** Several lines for a log, indented after the first, so that none looks like another entry. Control characters are escaped. */
export function indentedLines(lines: readonly string[], indentation: string): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map(escaped)
    .join(`\n${indentation}`)
}

export function shortened(value: string, most: number): string {
  return value.length > most ? `${value.slice(0, most)}…` : value
}

/** Escapes control characters, line separators, lone surrogates and bidirectional formatting characters. */
function escaped(line: string): string {
  // A local literal, so that it is only compiled when something is logged.
  const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu
  return line.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
