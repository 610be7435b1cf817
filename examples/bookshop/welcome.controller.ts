import { Controller, Get } from '@nestjs/common'

/** What there is to try, for whoever comes with a browser. */
@Controller()
export class WelcomeController {
  @Get()
  welcome(): Record<string, string> {
    return {
      'GET /books': 'the catalogue',
      'GET /books?q=knuth&since=1990': 'a search in it, for books from a year on',
      'GET /books/9780131103627': 'a book',
      'POST /books': 'adds a book: isbn, title, author, year, priceInCents, copies',
      'POST /orders': 'orders books: items, each with isbn and copies',
      'GET /orders/{id}': 'an order',
      'GET /orders/{id}/receipt': 'its receipt, to be read by people',
      'GET /members/offers': 'asks for a token: Authorization: Bearer reading-lamp',
      'GET /recommendations': 'three times in ten seconds, then no more',
      'GET /reports/sales': 'fails, and does not tell why',
    }
  }
}
