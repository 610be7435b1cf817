import { ConsoleLogger, type LogLevel } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { BookshopModule } from './bookshop.module.js'

/** The application, ready to listen. */
export async function createBookshop(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(BookshopModule, {
    logger: new ConsoleLogger({ prefix: 'Bookshop', logLevels: LOG_LEVELS, colors: IN_A_TERMINAL }),
    forceCloseConnections: true,
    abortOnError: false,
  })
  app.disable('x-powered-by')
  return app
}

/** What clients do wrong is `debug`: a line for each of them is there for whoever asks. */
const LOG_LEVELS: LogLevel[] =
  process.env.LOG === 'debug' ? ['debug', 'warn', 'error', 'fatal'] : ['warn', 'error', 'fatal']

const IN_A_TERMINAL = process.stderr.isTTY === true
