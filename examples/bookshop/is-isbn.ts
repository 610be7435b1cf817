import { applyDecorators } from '@nestjs/common'
import { Transform } from 'class-transformer'
import { ValidateBy } from 'class-validator'
import { faultOf, withoutHyphens } from './isbn.js'

/** Removes the hyphens of an ISBN property and validates it, with the same messages as for an ISBN in a path. */
export function IsIsbn(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => withoutHyphens(value)),
    ValidateBy({
      name: 'isIsbn',
      validator: {
        validate: (value) => faultOf(value) === undefined,
        defaultMessage: (args) => faultOf(args?.value) ?? '',
      },
    }),
  )
}
