import { freshCode } from './fresh-code.js'

/** Stores each result, so that the compiler cannot eliminate the call. */
const sink = { value: undefined }

// Each subject gets its own copy of the loop. In a shared loop, the call would be polymorphic and not inlined, and its
// overhead would dominate the time of a cheap subject.

const LOOP = 'function loop(times) { for (let time = 0; time < times; time++) sink.value = subject(time) }'
const AWAITING = LOOP.replace('function', 'async function').replace('= subject', '= await subject')

/** Returns a loop that calls the subject and awaits its result if that is a promise, as a server would. */
export function loopOver(subject) {
  return freshCode(subject(0) instanceof Promise ? AWAITING : LOOP, { subject, sink })
}

/** The typical stack depth of a controller method, on which the cost of a stack trace depends. */
const DEFAULT_DEPTH = 20

/**
 * Returns the nanoseconds per call, in processor time. It excludes other processes and includes the engine's own
 * threads, such as garbage collection and compilation.
 */
export async function timeOf(loop, times, depth = DEFAULT_DEPTH) {
  const start = process.cpuUsage()
  await atDepth(depth, () => loop(times))
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1000) / times
}

function atDepth(depth, call) {
  return depth <= 0 ? call() : atDepth(depth - 1, call)
}
