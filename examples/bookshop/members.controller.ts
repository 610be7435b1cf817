import { Controller, Get, UseGuards } from '@nestjs/common'
import type { Book } from './book.js'
import { BooksRepository } from './books.repository.js'
import { MemberGuard } from './member.guard.js'

/** Routes for members only. */
@Controller('members')
export class MembersController {
  constructor(private readonly books: BooksRepository) {}

  @Get('offers')
  @UseGuards(MemberGuard)
  async offers(): Promise<Book[]> {
    const books = await this.books.search('')
    return books.map((book) => ({ ...book, priceInCents: Math.round(book.priceInCents * MEMBER_PRICE_FACTOR) }))
  }
}

const MEMBER_PRICE_FACTOR = 0.8
