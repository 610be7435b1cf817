import { PGlite } from '@electric-sql/pglite'
import { Module, type OnApplicationShutdown } from '@nestjs/common'
import { BooksController } from './books.controller.js'
import { BooksRepository } from './books.repository.js'
import { openDatabase } from './database.js'
import { MembersController } from './members.controller.js'
import { OrdersController } from './orders.controller.js'
import { OrdersRepository } from './orders.repository.js'
import { RecommendationsController } from './recommendations.controller.js'
import { ReportsController } from './reports.controller.js'
import { WelcomeController } from './welcome.controller.js'

@Module({
  controllers: [
    WelcomeController,
    BooksController,
    OrdersController,
    MembersController,
    RecommendationsController,
    ReportsController,
  ],
  providers: [{ provide: PGlite, useFactory: openDatabase }, BooksRepository, OrdersRepository],
})
export class BookshopModule implements OnApplicationShutdown {
  constructor(private readonly database: PGlite) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close()
  }
}
