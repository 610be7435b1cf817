import { once } from 'node:events'
import { createServer } from 'node:net'

/** The port to listen on: that of the environment, else 3000; 0 takes any that is free. `undefined` if it is none. */
export function portOf({ PORT }: NodeJS.ProcessEnv): number | undefined {
  if (PORT === undefined || PORT === '') return 3000
  return /^\d{1,5}$/.test(PORT) && Number(PORT) <= 65535 ? Number(PORT) : undefined
}

/** Listens on a port for a moment, so that one that cannot be had is known before anything else is started. */
export async function tryPort(port: number): Promise<void> {
  const server = createServer().listen(port)
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}
