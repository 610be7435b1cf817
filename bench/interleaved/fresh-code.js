let count = 0

/**
 * Evaluates an expression as new code, so that the engine does not reuse type feedback or optimized code of other
 * functions with the same source.
 *
 * @param parameters - the values that the source can refer to, by name
 */
export function freshCode(source, parameters) {
  // The engine shares the code of equal sources, so a number makes each one unique.
  count += 1
  return new Function(...Object.keys(parameters), `return ${source} // ${count}`)(...Object.values(parameters))
}
