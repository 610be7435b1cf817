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

/** Copies of one book. */
export class OrderItem {
  @IsIsbn()
  readonly isbn!: Isbn

  @Min(1)
  @Max(10_000)
  @IsInt()
  readonly copies!: number
}

/** What a customer wants. */
export class NewOrder {
  @ValidateNested({ each: true })
  @Type(() => OrderItem)
  @ArrayUnique((item?: OrderItem) => item?.isbn, { message: 'items must not name a book twice' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @IsArray()
  readonly items!: readonly OrderItem[]
}

/** What a customer gets. */
export interface Order {
  readonly id: string
  readonly items: readonly SoldItem[]
  readonly totalInCents: number
}

/** As it was when it was sold: a book may become dearer. */
export type SoldItem = OrderItem & Pick<Book, 'title' | 'priceInCents'>
