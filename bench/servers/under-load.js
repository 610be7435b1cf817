import { fileURLToPath } from 'node:url'
import { startProcess } from '../interleaved/child-process.js'
import { PATH } from './books.js'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Loads servers in turn and returns the `rate` (requests per second) and the `work` (microseconds of processor time per
 * request) of each server in each round.
 *
 * The rate is what users notice, but it is limited by the client. The work covers the server only, and depends little on the
 * load of the machine.
 *
 * @param names - the servers, such as `express/filter`
 * @param effort - `starts`: how often all servers are restarted; `rounds`: the number of rounds after each start;
 *   `seconds`: the time per server and round; `warmUp`: the seconds of load after a start
 */
export async function underLoad(names, { starts, rounds, seconds, warmUp }) {
  const measured = Object.fromEntries(names.map((name) => [name, []]))
  for (let start = 0; start < starts; start++) {
    const client = startProcess(here('client.js'))
    const servers = []
    try {
      for (const name of names) servers.push(await started(name))
      for (const server of servers) await loaded(server, client, warmUp)
      for (let round = 0; round < rounds; round++) {
        for (const server of rotated(servers, start * rounds + round)) {
          measured[server.name].push(await loaded(server, client, seconds))
        }
      }
    } finally {
      for (const { process } of [...servers, { process: client }]) process.end()
    }
  }
  return measured
}

/** Rotates the servers, so that each one comes first equally often. */
function rotated(servers, turn) {
  const first = turn % servers.length
  return [...servers.slice(first), ...servers.slice(0, first)]
}

async function started(name) {
  const process = startProcess(here('server.js'))
  const { port } = await process.request({ server: name })
  const url = `http://127.0.0.1:${port}${PATH}`
  const { status } = await fetch(url)
  if (status !== (name.includes('/happy') ? 200 : 404)) throw new Error(`${name} responded with ${status}`)
  return { name, process, url, status }
}

async function loaded({ name, process, url, status }, client, seconds) {
  const before = await process.request({})
  const load = await client.request({ url, seconds, status })
  if (load.rate === undefined) throw new Error(`${name} under load: ${JSON.stringify(load)}`)
  const after = await process.request({})
  return { rate: load.rate, work: (after.microseconds - before.microseconds) / load.count }
}
