import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as core from '../src/index.js'
import * as representations from '../src/representations/index.js'
import { type Library, outcomeOf, request, responderOptions, thrown } from './responder/generated-cases.js'

// Compares the replies, warnings and onFailure calls of the sources with those of another build, on generated cases:
//
//   npm run compare -- <directory of a checkout with a build> [number of cases] [seed]
//
// Prints one example of each kind of difference. The exit code is 1 if there is any.

const [directory = '.', cases = '100000', seed = String(Date.now() % 1e9)] = process.argv.slice(2)
const here: Library = { ...core, ...representations }
const there: Library = {
  ...require(resolve(directory, 'dist/cjs/index.js')),
  ...require(resolve(directory, 'dist/cjs/representations/index.js')),
}

const BATCH = 1000
const kinds = new Map<string, number>()
let differences = 0

for (let start = 0; start < Number(cases); start += BATCH) {
  const numRuns = Math.min(BATCH, Number(cases) - start)
  const batch = fc.sample(fc.tuple(thrown, responderOptions, request), { numRuns, seed: Number(seed) + start })
  for (const [create, options, incoming] of batch) {
    const outcome = (library: Library) =>
      attempt(() => outcomeOf(library, create(library), options(library), incoming()))
    const [expected, actual] = [outcome(there), outcome(here)]
    if (isDeepStrictEqual(expected, actual)) continue
    differences += 1
    const kind = differingMembers(expected, actual)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    if (kinds.get(kind) === 1) console.log({ expected, actual })
  }
}

console.log(`${cases} cases, seed ${seed}: ${differences} differences`, Object.fromEntries(kinds))
process.exitCode = differences === 0 ? 0 : 1

type Attempt = ReturnType<typeof outcomeOf> | { readonly thrown: string }

function attempt(run: () => Attempt): Attempt {
  try {
    return run()
  } catch (error) {
    return { thrown: String(error) }
  }
}

function differingMembers(expected: Attempt, actual: Attempt): string {
  const names = Object.keys({ ...expected, ...actual })
  return names.filter((name) => !isDeepStrictEqual(Reflect.get(expected, name), Reflect.get(actual, name))).join(', ')
}
