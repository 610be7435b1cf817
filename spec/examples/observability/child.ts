import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a script in its own process, because the tools patch Node and keep global state, and returns its output. */
export async function outputOf(
  script: string,
  options: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { NODE_V8_COVERAGE, ...inherited } = process.env
  const command = [RUN, `./spec/examples/observability/${script}`, ...options]
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    env: { ...inherited, TS_NODE_TRANSPILE_ONLY: 'true', ...env },
  })
  return stdout
}

/** Parses an output with one JSON value per line. */
export function linesOf(output: string): any[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

const RUN = 'scripts/ts.cjs'
