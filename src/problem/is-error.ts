/** Whether a value is an error of this realm or of another one, since test runners create realms. Never throws. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
  } catch {
    // A proxy may throw.
    return false
  }
}
