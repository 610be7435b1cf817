import { ConsoleLogger, type LogLevel } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { BookshopModule } from './bookshop.module.js'

/** Creates the application, ready to listen. */
export async function createBookshop(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(BookshopModule, {
    logger: new ConsoleLogger({ prefix: 'Bookshop', logLevels: LOG_LEVELS, colors: IN_A_TERMINAL }),
    forceCloseConnections: true,
    abortOnError: false,
  })
  app.disable('x-powered-by')
  return app
}

/** Client failures are logged at level `debug`, one line each. */
const LOG_LEVELS: LogLevel[] =
  process.env.LOG === 'debug' ? ['debug', 'warn', 'error', 'fatal'] : ['warn', 'error', 'fatal']

const IN_A_TERMINAL = process.stderr.isTTY === true
