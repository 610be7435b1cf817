import { setImmediate } from 'node:timers/promises'
import { loopOver, timeOf } from './loop.js'

// mitata and tinybench measure one subject after the other, so that a machine that is busy for a second changes the
// ratio of the two. Here they take turns every few milliseconds, and what counts is the ratio of neighbours.

/**
 * Measures subjects in turn.
 *
 * @param subjects - functions by name
 * @param effort - the milliseconds of `warmUp`, until which the compiler has made up its mind, also about long paths;
 *   the `rounds`, the `milliseconds` that a subject gets in one, and the `frames` above it
 * @returns the nanoseconds of one call in each round, by name
 */
export async function inRounds(subjects, { warmUp, rounds, milliseconds, frames }) {
  const runners = []
  for (const [name, subject] of Object.entries(subjects)) {
    runners.push({ name, times: [], ...(await warmedUp(subject, { warmUp, milliseconds, frames })) })
  }
  for (let round = 0; round < rounds; round++) {
    // Every other round backwards, so that nobody always comes after the one that leaves the most garbage.
    for (const { loop, calls, times } of round % 2 === 0 ? runners : runners.toReversed()) {
      await clearedUp()
      times.push(await timeOf(loop, calls, frames))
    }
  }
  return Object.fromEntries(runners.map(({ name, times }) => [name, times]))
}

/** Warms a subject up, and finds out how often it can be called in the given time. */
async function warmedUp(subject, { warmUp, milliseconds, frames }) {
  const loop = loopOver(subject)
  let calls = 100
  for (let spent = 0; spent < warmUp; ) {
    const nanoseconds = Math.max(0.1, await timeOf(loop, calls, frames))
    spent += (calls * nanoseconds) / 1e6
    calls = Math.max(100, Math.round((milliseconds * 1e6) / nanoseconds))
  }
  return { loop, calls }
}

/**
 * Nobody shall pay for the garbage of another. A full collection would throw away compiled code as well, where it
 * depends on a kind of object of which none is alive.
 */
async function clearedUp() {
  await setImmediate()
  globalThis.gc({ type: 'minor' })
}
