import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Starts a module in a fresh process, which gives one message for each that it gets. */
export function talkTo(file, execArgv = []) {
  const child = fork(file, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`)
  })
  // Only whoever waits for an answer wants to know.
  ended.catch(() => undefined)
  return {
    async ask(message) {
      child.send(message)
      const [answer] = await Promise.race([once(child, 'message'), ended])
      return answer
    },
    end() {
      child.kill()
    },
  }
}
