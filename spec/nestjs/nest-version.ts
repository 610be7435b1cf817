/** The Nest version under test, as a number such as 12.5: the project's own, or one from `spec/matrix/`. */
export const NEST = Number.parseFloat(process.env['NEST_VERSION'] ?? '12.5')

type It = (title: string, spec: Mocha.AsyncFunc) => unknown

/** Returns `it`, or on older Nest a function that skips the test and adds the reason to its title. */
export function since(version: number): It {
  return given(isSince(version), `needs Nest ${version}`)
}

/** @param backport - the version of an earlier major that includes the change as well */
export function isSince(version: number, backport?: number): boolean {
  return NEST >= version || (backport !== undefined && NEST >= backport && NEST < Math.floor(backport) + 1)
}

/** Returns `it` if a condition holds, otherwise a function that skips the test and adds the reason to its title. */
export function given(holds: boolean, otherwise: string): It {
  if (holds) return (title, spec) => it(title, spec)
  return (title) => it.skip(`${title} (skipped: ${otherwise})`)
}
