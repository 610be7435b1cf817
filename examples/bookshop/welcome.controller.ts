import { Controller, Get } from '@nestjs/common'

/** Lists the routes of the bookshop. */
@Controller()
export class WelcomeController {
  @Get()
  welcome(): Record<string, string> {
    return {
      'GET /books': 'lists the catalog',
      'GET /books?q=knuth&since=1990': 'searches the catalog, here for books published since 1990',
      'GET /books/9780131103627': 'returns a book',
      'POST /books': 'adds a book: isbn, title, author, year, priceInCents, copies',
      'POST /orders': 'orders books: items, each with isbn and copies',
      'GET /orders/{id}': 'returns an order',
      'GET /orders/{id}/receipt': 'returns its receipt as plain text',
      'GET /members/offers': 'requires a token: Authorization: Bearer reading-lamp',
      'GET /recommendations': 'returns a book at random, at most three times in ten seconds',
      'GET /reports/sales': 'fails with a 500 without details',
    }
  }
}
