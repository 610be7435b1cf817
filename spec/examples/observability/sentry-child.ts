import * as Sentry from '@sentry/node'
import { filter } from '../../../examples/observability/sentry.js'
import { BadGateway, NotFound } from '../../../src/index.js'
import { visit } from './observed-shop.js'

async function main() {
  if (process.argv[2] === 'visit') await visit(filter)
  if (process.argv[2] === 'capture') {
    for (const failure of [new NotFound('captured'), new BadGateway('captured')]) Sentry.captureException(failure)
    void Promise.reject(new NotFound('uncaught'))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Sentry.flush()
}

void main()
