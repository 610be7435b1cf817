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
