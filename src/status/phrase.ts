/**
 * The phrase that is a name in other letters: `Not Found` of `NOT_FOUND`.
 *
 * @example const phrase: PhraseOf<'NOT_FOUND'> = 'Not Found'
 */
export type PhraseOf<Name extends string> = Name extends `${infer Word}_${infer Others}`
  ? `${Capitalize<Lowercase<Word>>} ${PhraseOf<Others>}`
  : Capitalize<Lowercase<Name>>

/** The same at run time. */
export function phraseOf<Name extends string>(name: Name): PhraseOf<Name> {
  const words = name.split('_').map((word) => word[0] + word.slice(1).toLowerCase())
  return words.join(' ') as PhraseOf<Name>
}
