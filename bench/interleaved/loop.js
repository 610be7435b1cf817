import { freshCode } from './fresh-code.js'

/** Whatever a subject returns ends up here, so that the compiler cannot do without computing it. */
const sink = { value: undefined }

// A loop that calls one subject has code of its own: in a shared loop the call would have seen all subjects, would be
// compiled for none, and cheap ones would be measured by what the call costs.

const LOOP = 'function loop(times) { for (let time = 0; time < times; time++) sink.value = subject(time) }'
const AWAITING = LOOP.replace('function', 'async function').replace('= subject', '= await subject')

/** A loop over a subject; each of its promises is awaited, as somebody does in a server. */
export function loopOver(subject) {
  return freshCode(subject(0) instanceof Promise ? AWAITING : LOOP, { subject, sink })
}

/** How deep a method of a controller is called: what a stack trace costs depends on it. */
const FRAMES_ABOVE = 20

/**
 * The nanoseconds of one call: processor time, which does not count what other processes get meanwhile, and does count
 * what the threads of the engine do for this one.
 */
export async function timeOf(loop, times, frames = FRAMES_ABOVE) {
  const start = process.cpuUsage()
  await beneath(frames, () => loop(times))
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1000) / times
}

function beneath(frames, call) {
  return frames <= 0 ? call() : beneath(frames - 1, call)
}
