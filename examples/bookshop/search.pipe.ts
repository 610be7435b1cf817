import type { PipeTransform } from '@nestjs/common'
import { BadRequest } from '../../src/index.js'
import { isPlainText } from './plain-text.js'

/** Validates the search term: `@Query('q', SearchPipe)`. Without it, all books match. */
export class SearchPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (value === undefined || value === '') return ''
    if (isPlainText(value, 100)) return value
    throw new BadRequest('Expected a single q of at most 100 characters, without control characters.')
  }
}
