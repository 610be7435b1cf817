import { PGlite } from '@electric-sql/pglite'
import { Module, type OnApplicationShutdown, ValidationPipe } from '@nestjs/common'
import { APP_PIPE } from '@nestjs/core'
import { withTraceId } from '../../src/index.js'
import { FailureModule, validationExceptionFactory } from '../../src/nestjs/index.js'
import { BooksController } from './books.controller.js'
import { BooksRepository } from './books.repository.js'
import { openDatabase } from './database.js'
import { MembersController } from './members.controller.js'
import { OrdersController } from './orders.controller.js'
import { OrdersRepository } from './orders.repository.js'
import { RecommendationsController } from './recommendations.controller.js'
import { ReportsController } from './reports.controller.js'
import { translate } from './translate.js'
import { WelcomeController } from './welcome.controller.js'

/**
 * Validates every body against its class. `transform` is not set, because it would convert parameters before their own
 * pipes run.
 */
const validationPipe = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  exceptionFactory: validationExceptionFactory(),
})

/** The exception filter of the `FailureModule` handles all errors of the shop. */
@Module({
  imports: [FailureModule.forRoot({ translate, extend: withTraceId, methodNotAllowed: true })],
  controllers: [
    WelcomeController,
    BooksController,
    OrdersController,
    MembersController,
    RecommendationsController,
    ReportsController,
  ],
  providers: [
    { provide: APP_PIPE, useValue: validationPipe },
    { provide: PGlite, useFactory: openDatabase },
    BooksRepository,
    OrdersRepository,
  ],
})
export class BookshopModule implements OnApplicationShutdown {
  constructor(private readonly database: PGlite) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close()
  }
}
