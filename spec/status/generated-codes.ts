import { HttpStatus } from '../../src/status/http-status.js'

/** The file that `npm run accept` generates. */
export const CODES = 'src/status/codes.ts'

/**
 * The source of `src/status/codes.ts`: a documented constant for each row of the status table. With `as const`, an accessor
 * that returns it has the type of the literal, as with `HttpStatus`.
 */
export function generatedCodes(): string {
  const constants = [...HttpStatus].map(({ code, name, phrase, description, reference }) => {
    const sentence = description.charAt(0).toLowerCase() + description.slice(1)
    return `/** **${code} ${phrase}** · ${sentence} ${reference} */\nexport const ${name} = ${code} as const\n`
  })
  return `// Generated from status-table.ts by \`npm run accept\`. Do not edit.\n\n${constants.join('\n')}`
}
