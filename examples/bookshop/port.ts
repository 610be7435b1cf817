import { once } from 'node:events'
import { createServer } from 'node:net'

/** The port in the environment, by default 3000; 0 selects a free port. `undefined` if it is invalid. */
export function portOf({ PORT }: NodeJS.ProcessEnv): number | undefined {
  if (PORT === undefined || PORT === '') return 3000
  return /^\d{1,5}$/.test(PORT) && Number(PORT) <= 65535 ? Number(PORT) : undefined
}

/** Listens on a port briefly, to reject an unavailable one before the application starts. */
export async function tryPort(port: number): Promise<void> {
  const server = createServer().listen(port)
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}
