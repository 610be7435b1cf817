import { IsInt, Max, Min } from 'class-validator'
import { IsIsbn } from './is-isbn.js'
import type { Isbn } from './isbn.js'
import { IsPlainText } from './plain-text.js'

/** A book of the catalog, with the number of copies in stock. The decorators validate new books. */
export class Book {
  @IsIsbn()
  readonly isbn!: Isbn

  @IsPlainText(200)
  readonly title!: string

  @IsPlainText(200)
  readonly author!: string

  @Min(1450)
  @Max(2100)
  @IsInt()
  readonly year!: number

  @Min(0)
  @Max(1_000_000)
  @IsInt()
  readonly priceInCents!: number

  @Min(0)
  @Max(10_000)
  @IsInt()
  readonly copies!: number
}
