import { Controller, Get } from '@nestjs/common'

/** What there is to try, for whoever comes with a browser. */
@Controller()
export class WelcomeController {
  @Get()
  welcome(): Record<string, string> {
    return {
      'GET /books': 'the catalogue',
      'GET /books?q=knuth': 'a search in it',
      'GET /books/9780131103627': 'a book',
      'POST /books': 'adds a book: isbn, title, author, year, priceInCents, copies',
      'POST /orders': 'orders a book: isbn, copies',
      'GET /orders/{id}': 'an order',
      'GET /members/offers': 'asks for a token: Authorization: Bearer reading-lamp',
      'GET /recommendations': 'three times in ten seconds, then no more',
      'GET /reports/sales': 'fails, and does not tell why',
    }
  }
}
