import type { PipeTransform } from '@nestjs/common'
import { BadRequest } from '../../src/index.js'
import { isPlainText } from './plain-text.js'

/** Reads what to search for: `@Query('q', SearchPipe)`. Without it, everything is found. */
export class SearchPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (value === undefined || value === '') return ''
    if (isPlainText(value, 100)) return value
    throw new BadRequest('Expected one q with a text of up to 100 characters, without control characters.')
  }
}
