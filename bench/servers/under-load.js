import { fileURLToPath } from 'node:url'
import { talkTo } from '../interleaved/talk.js'
import { PATH } from './books.js'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Loads servers in turn, and gives for each the `rate` (requests per second) and the `work` (microseconds of processor
 * time per request) in every round.
 *
 * The rate is what the user sees, and what the client can keep up with; the work is the server's alone, and hardly
 * changes with what else the machine has to do.
 *
 * @param names - the servers, such as `express/filter`
 * @param effort - how often all servers are `starts`ed anew, the `rounds` after each start, the `seconds` of one,
 *   and those of the `warmUp` after a start
 */
export async function underLoad(names, { starts, rounds, seconds, warmUp }) {
  const measured = Object.fromEntries(names.map((name) => [name, []]))
  for (let start = 0; start < starts; start++) {
    const client = talkTo(here('client.js'))
    const servers = []
    try {
      for (const name of names) servers.push(await started(name))
      for (const server of servers) await loaded(server, client, warmUp)
      for (let round = 0; round < rounds; round++) {
        for (const server of inTurn(servers, start * rounds + round)) {
          measured[server.name].push(await loaded(server, client, seconds))
        }
      }
    } finally {
      for (const { process } of [...servers, { process: client }]) process.end()
    }
  }
  return measured
}

/** Another one begins each time, so that the order favours nobody. */
function inTurn(servers, turn) {
  const first = turn % servers.length
  return [...servers.slice(first), ...servers.slice(0, first)]
}

async function started(name) {
  const process = talkTo(here('server.js'))
  const { port } = await process.ask({ server: name })
  const url = `http://127.0.0.1:${port}${PATH}`
  const { status } = await fetch(url)
  if (status !== (name.includes('/happy') ? 200 : 404)) throw new Error(`${name} answers ${status}`)
  return { name, process, url, status }
}

async function loaded({ name, process, url, status }, client, seconds) {
  const before = await process.ask({})
  const load = await client.ask({ url, seconds, status })
  if (load.rate === undefined) throw new Error(`${name} under load: ${JSON.stringify(load)}`)
  const after = await process.ask({})
  return { rate: load.rate, work: (after.microseconds - before.microseconds) / load.count }
}
