import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator'
import type { Book } from './book.js'
import { IsIsbn } from './is-isbn.js'
import type { Isbn } from './isbn.js'

/** A number of copies of one book. */
export class OrderItem {
  @IsIsbn()
  readonly isbn!: Isbn

  @Min(1)
  @Max(10_000)
  @IsInt()
  readonly copies!: number
}

/** The content of a request to order books. */
export class NewOrder {
  @ValidateNested({ each: true })
  @Type(() => OrderItem)
  @ArrayUnique((item?: OrderItem) => item?.isbn, { message: 'items must not contain the same book twice' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @IsArray()
  readonly items!: readonly OrderItem[]
}

/** An order that was placed. */
export interface Order {
  readonly id: string
  readonly items: readonly SoldItem[]
  readonly totalInCents: number
}

/** An item with the title and price at the time of the sale, since the price of a book may change. */
export type SoldItem = OrderItem & Pick<Book, 'title' | 'priceInCents'>
