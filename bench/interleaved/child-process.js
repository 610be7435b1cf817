import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs one task in a new process, which may trigger garbage collections. */
export async function runInOwnProcess(file, task) {
  const child = startProcess(file, ['--expose-gc'])
  try {
    return await child.request(task)
  } finally {
    child.end()
  }
}

/** Starts a module in a new process. The module must reply to each message with one message. */
export function startProcess(file, execArgv = []) {
  const child = fork(file, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} exited with ${code}`)
  })
  // An exit is an error only while a request is pending.
  exited.catch(() => undefined)
  return {
    async request(message) {
      child.send(message)
      const [reply] = await Promise.race([once(child, 'message'), exited])
      return reply
    },
    end() {
      child.kill()
    },
  }
}
