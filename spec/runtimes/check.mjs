// As much of a test framework as every runtime can load: none of theirs is known to all of them.

const checks = []

/** Adds a check: it fails when it throws, or rejects. */
export function check(name, run) {
  checks.push({ name, run })
}

/** Fails unless two values are the same when they are written as JSON; what JSON has no place for is left out. */
export function same(actual, expected) {
  const [met, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (met !== wanted) throw new Error(`expected ${wanted}, met ${met}`)
}

/** Gives the error that a call rejects with, or throws. */
export async function errorOf(call) {
  let value
  try {
    value = await call()
  } catch (error) {
    return error
  }
  throw new Error(`expected an error, met ${JSON.stringify(value)}`)
}

/** Runs all checks, one after the other, and gives a line of TAP for each of them. */
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
