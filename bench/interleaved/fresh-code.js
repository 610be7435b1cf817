let made = 0

/**
 * Code of its own out of a text: what the engine has learned about other functions of the same text is not used for it.
 *
 * @param parameters - what the text may refer to, by name
 */
export function freshCode(text, parameters) {
  // Two equal texts would be one function to the engine, hence the number.
  made += 1
  return new Function(...Object.keys(parameters), `return ${text} // ${made}`)(...Object.values(parameters))
}
