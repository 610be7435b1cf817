import { talkTo } from './talk.js'

/** Asks a module one thing in a process of its own, which may collect garbage when it wants to. */
export async function alone(file, task) {
  const child = talkTo(file, ['--expose-gc'])
  try {
    return await child.ask(task)
  } finally {
    child.end()
  }
}
