import type { PipeTransform } from '@nestjs/common'
import { type Isbn, readIsbn } from './isbn.js'

/** Parses the ISBN in a path: `@Param('isbn', IsbnPipe)`. */
export class IsbnPipe implements PipeTransform<string, Isbn> {
  transform(value: string): Isbn {
    return readIsbn(value)
  }
}
