import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

const isWindows = process.platform === 'win32'

/**
 * Runs a command and resolves to its output. It does not block, because the server for the checks runs in this process.
 *
 * @throws Error with the output if the command fails
 */
export async function run(command, args, cwd) {
  const options = { cwd, shell: isWindows, timeout: 300_000, maxBuffer: 10_000_000 }
  try {
    const { stdout } = await execute(command, args, options)
    return stdout
  } catch (error) {
    throw Object.assign(new Error(`${command} ${args.join(' ')}\n${error.stdout}${error.stderr}`, { cause: error }), {
      stdout: error.stdout,
    })
  }
}
