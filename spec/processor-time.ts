/** What a piece of work gives, and the milliseconds that it keeps the processor busy: to wait for one costs nothing. */
export function processorTime<Result>(work: () => Result): { readonly result: Result; readonly milliseconds: number } {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return { result, milliseconds: (user + system) / 1000 }
}
