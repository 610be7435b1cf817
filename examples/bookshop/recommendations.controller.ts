import { Controller, Get, UseGuards } from '@nestjs/common'
import type { Book } from './book.js'
import { BooksRepository } from './books.repository.js'
import { RateLimitGuard } from './rate-limit.guard.js'

/** Recommends a book to read, at random. */
@Controller('recommendations')
export class RecommendationsController {
  constructor(private readonly books: BooksRepository) {}

  @Get()
  @UseGuards(RateLimitGuard)
  async recommend(): Promise<Pick<Book, 'isbn' | 'title'>> {
    const books = await this.books.search('')
    const { isbn, title } = books[Math.floor(Math.random() * books.length)] as Book
    return { isbn, title }
  }
}
