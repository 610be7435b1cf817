/** Runs a function and measures its CPU time, which, unlike elapsed time, excludes waiting for a busy processor. */
export function processorTime<Result>(work: () => Result): { readonly result: Result; readonly milliseconds: number } {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return { result, milliseconds: (user + system) / 1000 }
}
