import { Session } from 'node:inspector/promises'
import { FailureResponder, NotFound } from 'http-failure'
import { atMost } from '../goal.js'
import { DETAIL } from '../servers/books.js'

const DIST = new URL('../../dist/', import.meta.url).href
const REQUEST = { method: 'GET', url: '/books/978-0321563842', headers: {} }

/** Counts the calls of our functions for one 404, which do not depend on the machine. */
export async function countCalls() {
  const responder = new FailureResponder({ onFailure() {} })
  const calls = await callsDuring(() => {
    try {
      throw new NotFound(DETAIL)
    } catch (error) {
      responder.toReply(error, REQUEST)
    }
  })
  return [
    {
      label: 'functions of the package that one 404 calls, from `new NotFound()` to the reply',
      against: '',
      unit: 'calls',
      goal: atMost(46),
      value: calls.reduce((sum, count) => sum + count, 0),
      absolute: [`${calls.length} functions`, ''],
    },
  ]
}

/** How often each function of the package is called, by the precise coverage of the inspector. */
async function callsDuring(run) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  run() // The first run initializes what later ones share.
  await session.post('Profiler.takePreciseCoverage')
  run()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  session.disconnect()
  const functions = result.filter(({ url }) => url.startsWith(DIST)).flatMap((script) => script.functions)
  return functions.map(({ ranges: [{ count }] }) => count).filter((count) => count > 0)
}
