import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { createBookshop } from './bookshop.js'
import { portOf, tryPort } from './port.js'
import { tour } from './tour.js'

// The command: PORT=3000 LOG=debug npm start -- [--once]

let bookshop: NestExpressApplication | undefined
let closing: Promise<void> | undefined

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
// Who reads along may leave early: npm start -- --once | head
process.stdout.on('error', stop)
void start(process.argv.slice(2))

async function start([option, ...others]: readonly string[]): Promise<void> {
  if ((option !== undefined && option !== '--once') || others.length > 0) {
    return giveUp('There is one option: npm start -- --once')
  }
  const port = portOf(process.env)
  if (port === undefined) return giveUp(`PORT is an integer from 0 to 65535, not ${JSON.stringify(process.env.PORT)}`)

  await tryPort(port).catch((error) => giveUp(whyNotListening(error, port)))
  const created = await createBookshop()
  // The database blocks while it starts: a signal that came meanwhile is delivered now, and ends the process.
  await setTimeout(10)
  bookshop = created
  await bookshop.listen(port).catch((error) => giveUp(whyNotListening(error, port)))
  const origin = `http://localhost:${(bookshop.getHttpServer().address() as AddressInfo).port}`
  console.log(`The bookshop listens on ${origin}`)
  console.log('Its log has what goes wrong in the shop; with LOG=debug npm start, what clients do wrong as well.')
  await showAround(origin)
  if (option === '--once') return stop()
  console.log(`\nThat was the tour. The bookshop goes on serving on ${origin} until Ctrl-C.`)
}

async function showAround(origin: string): Promise<void> {
  try {
    await tour(origin, console.log)
  } catch (error) {
    // Whoever closes the shop ends the tour.
    if (closing === undefined) throw error
    await closing
  }
}

async function stop(): Promise<void> {
  closing ??= bookshop?.close() ?? Promise.resolve()
  await closing
  process.exit(0)
}

function giveUp(reason: string): never {
  console.error(reason)
  process.exit(1)
}

function whyNotListening(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken: choose another one with PORT=${port < 65535 ? port + 1 : 3000} npm start`
  if (code === 'EACCES') return `Port ${port} is not for everyone: choose another one with PORT=3000 npm start`
  return `Cannot listen on port ${port}: ${message}`
}
