/** The Nest that the specs run on, as a number such as 12.5: that of the project, or one of `spec/matrix/`. */
export const NEST = Number.parseFloat(process.env['NEST_VERSION'] ?? '12.5')

type It = (title: string, spec: Mocha.AsyncFunc) => unknown

/** `it()`, or where Nest is older a skipped one that says so in its title. */
export function since(version: number): It {
  return given(isSince(version), `needs Nest ${version}`)
}

/** @param backport - the version of an older Nest that has it as well */
export function isSince(version: number, backport?: number): boolean {
  return NEST >= version || (backport !== undefined && NEST >= backport && NEST < Math.floor(backport) + 1)
}

/** `it()` where it holds, or a skipped one that says in its title why. */
export function given(holds: boolean, otherwise: string): It {
  if (holds) return (title, spec) => it(title, spec)
  return (title) => it.skip(`${title} (skipped: ${otherwise})`)
}
