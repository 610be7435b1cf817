// A minimal test framework for all runtimes, which have no test framework in common.

const checks = []

/** Adds a check, which fails if it throws or rejects. */
export function check(name, run) {
  checks.push({ name, run })
}

/** Throws unless two values are equal as JSON. */
export function same(actual, expected) {
  const [actualJson, expectedJson] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (actualJson !== expectedJson) throw new Error(`expected ${expectedJson}, received ${actualJson}`)
}

/** Returns the error that a function throws or rejects with. */
export async function errorOf(call) {
  let value
  try {
    value = await call()
  } catch (error) {
    return error
  }
  throw new Error(`expected an error, received ${JSON.stringify(value)}`)
}

/** Runs all checks one after the other and returns the results as TAP. */
export async function tap() {
  const lines = []
  for (const [index, { name, run }] of checks.entries()) {
    lines.push(await lineOf(index + 1, name, run))
  }
  return [...lines, `1..${checks.length}`].join('\n')
}

async function lineOf(number, name, run) {
  try {
    await run()
    return `ok ${number} - ${name}`
  } catch (error) {
    return `not ok ${number} - ${name}: ${String(error?.message ?? error).replaceAll('\n', ' ')}`
  }
}
