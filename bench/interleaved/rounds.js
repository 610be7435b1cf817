import { setImmediate } from 'node:timers/promises'
import { loopOver, timeOf } from './loop.js'

// mitata and tinybench measure one subject after the other, so a machine that is busy for a second changes the ratio of
// the two. Here the subjects take turns every few milliseconds, and ratios are taken of adjacent measurements.

/**
 * Measures subjects in turn.
 *
 * @param subjects - functions by name
 * @param effort - `warmUp`: the milliseconds until the compiler has optimized even long code paths; `rounds`: how often
 *   each subject is measured; `milliseconds`: the time per measurement; `depth`: the number of stack frames above the call
 * @returns the nanoseconds per call in each round, by name
 */
export async function measureInTurn(subjects, { warmUp, rounds, milliseconds, depth }) {
  const runners = []
  for (const [name, subject] of Object.entries(subjects)) {
    runners.push({ name, times: [], ...(await warmedUp(subject, { warmUp, milliseconds, depth })) })
  }
  for (let round = 0; round < rounds; round++) {
    // Every other round runs backwards, so that no subject always follows the one that leaves the most garbage.
    for (const { loop, calls, times } of round % 2 === 0 ? runners : runners.toReversed()) {
      await collectGarbage()
      times.push(await timeOf(loop, calls, depth))
    }
  }
  return Object.fromEntries(runners.map(({ name, times }) => [name, times]))
}

/** Warms a subject up and determines how many calls take the given time. */
async function warmedUp(subject, { warmUp, milliseconds, depth }) {
  const loop = loopOver(subject)
  let calls = 100
  for (let spent = 0; spent < warmUp; ) {
    const nanoseconds = Math.max(0.1, await timeOf(loop, calls, depth))
    spent += (calls * nanoseconds) / 1e6
    calls = Math.max(100, Math.round((milliseconds * 1e6) / nanoseconds))
  }
  return { loop, calls }
}

/**
 * Collects the garbage of the previous subject, so that its cost is not attributed to the next. A full collection would
 * also discard optimized code that depends on object shapes without live instances.
 */
async function collectGarbage() {
  await setImmediate()
  globalThis.gc({ type: 'minor' })
}
