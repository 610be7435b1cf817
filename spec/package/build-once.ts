import { execFileSync } from 'node:child_process'

let isBuilt = false

/** Builds the package, once in a run of the specs. */
export function buildOnce(): void {
  if (isBuilt) return
  // Child processes must not be included in the coverage.
  const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
  execFileSync('npm', ['run', 'build'], { env, stdio: 'pipe' })
  isBuilt = true
}
