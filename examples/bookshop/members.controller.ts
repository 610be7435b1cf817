import { Controller, Get, UseGuards } from '@nestjs/common'
import type { Book } from './book.js'
import { BooksRepository } from './books.repository.js'
import { MemberGuard } from './member.guard.js'

/** What only members get to see. */
@Controller('members')
export class MembersController {
  constructor(private readonly books: BooksRepository) {}

  @Get('offers')
  @UseGuards(MemberGuard)
  async offers(): Promise<Book[]> {
    const books = await this.books.search('')
    return books.map((book) => ({ ...book, priceInCents: Math.round(book.priceInCents * MEMBERS_PAY) }))
  }
}

const MEMBERS_PAY = 0.8
