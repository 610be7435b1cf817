import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const isWindows = process.platform === 'win32'

/**
 * Runs a command and gives what it has printed. Not at once: the server that the checks ask runs in this process.
 *
 * @throws Error with all that was printed, if the command fails
 */
export async function run(command, given, cwd) {
  const options = { cwd, shell: isWindows, timeout: 300_000, maxBuffer: 10_000_000 }
  try {
    const { stdout } = await execute(command, given, options)
    return stdout
  } catch (error) {
    throw Object.assign(new Error(`${command} ${given.join(' ')}\n${error.stdout}${error.stderr}`, { cause: error }), {
      stdout: error.stdout,
    })
  }
}
