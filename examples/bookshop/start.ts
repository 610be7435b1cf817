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
// The reader of the output may close it early: npm start -- --once | head
process.stdout.on('error', stop)
void start(process.argv.slice(2))

async function start([option, ...others]: readonly string[]): Promise<void> {
  if ((option !== undefined && option !== '--once') || others.length > 0) {
    return exitWith('Usage: npm start [-- --once]')
  }
  const port = portOf(process.env)
  if (port === undefined)
    return exitWith(`PORT must be an integer from 0 to 65535, received ${JSON.stringify(process.env.PORT)}`)

  await tryPort(port).catch((error) => exitWith(listenError(error, port)))
  const created = await createBookshop()
  // The database blocks the event loop while it starts: a signal received meanwhile is handled now and exits.
  await setTimeout(10)
  bookshop = created
  await bookshop.listen(port).catch((error) => exitWith(listenError(error, port)))
  const origin = `http://localhost:${(bookshop.getHttpServer().address() as AddressInfo).port}`
  console.log(`The bookshop is listening on ${origin}`)
  console.log('It logs server failures. Run LOG=debug npm start to log client failures, too.')
  await runTour(origin)
  if (option === '--once') return stop()
  console.log(`\nThat was the tour. The bookshop keeps running on ${origin} until you press Ctrl-C.`)
}

async function runTour(origin: string): Promise<void> {
  try {
    await tour(origin, console.log)
  } catch (error) {
    // Closing the application interrupts the tour, which is not an error.
    if (closing === undefined) throw error
    await closing
  }
}

async function stop(): Promise<void> {
  closing ??= bookshop?.close() ?? Promise.resolve()
  await closing
  process.exit(0)
}

function exitWith(message: string): never {
  console.error(message)
  process.exit(1)
}

function listenError(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `Port ${port} is already in use: choose another one with PORT=${port < 65535 ? port + 1 : 3000} npm start`
  if (code === 'EACCES') return `Port ${port} requires elevated privileges: choose another one with PORT=3000 npm start`
  return `Cannot listen on port ${port}: ${message}`
}
