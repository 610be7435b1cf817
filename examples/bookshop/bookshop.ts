import { ConsoleLogger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { FailureFilter } from '../../src/nestjs/index.js'
import { BookshopModule } from './bookshop.module.js'
import { translate } from './translate.js'

/** The application, ready to listen. Every error of it is answered by the one filter. */
export async function createBookshop(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(BookshopModule, {
    logger: new ConsoleLogger({ prefix: 'Bookshop', logLevels: ['warn', 'error', 'fatal'], colors: IN_A_TERMINAL }),
    forceCloseConnections: true,
    abortOnError: false,
  })
  app.disable('x-powered-by')
  app.useGlobalFilters(new FailureFilter({ translate }))
  return app
}

const IN_A_TERMINAL = process.stderr.isTTY === true
