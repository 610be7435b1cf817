import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

/** Whether the load generator is installed. It is not on npm: `apt-get install wrk`, `brew install wrk`. */
export function hasWrk() {
  return spawnSync('wrk', ['--version']).error === undefined
}

/** Loads a URL over 16 connections and returns the number of requests. */
export async function load(url, seconds) {
  const { stdout } = await promisify(execFile)('wrk', ['-t1', '-c16', `-d${seconds}s`, url])
  const errors = /Socket errors: .*/.exec(stdout)?.[0]
  if (errors !== undefined) throw new Error(`${url}: ${errors}`)
  return Number(/(\d+) requests in/.exec(stdout)[1])
}
