/** The largest number of results, and the longest argument that is stored: the arguments come from clients. */
const MOST_RESULTS = 100
const LONGEST_ARGUMENT = 256

/** A function that stores its results. */
export function memoize<Result>(compute: (argument: string) => Result): (argument: string) => Result {
  const results = new Map<string, Result>()
  return (argument) => {
    const result = results.get(argument) ?? compute(argument)
    if (argument.length > LONGEST_ARGUMENT) return result
    if (results.size === MOST_RESULTS) results.clear()
    results.set(argument, result)
    return result
  }
}
