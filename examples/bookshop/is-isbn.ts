import { applyDecorators } from '@nestjs/common'
import { Transform } from 'class-transformer'
import { ValidateBy } from 'class-validator'
import { faultOf, withoutHyphens } from './isbn.js'

/** A property that is an ISBN: its hyphens are taken away, and what is wrong with it is said as it is of one in a path. */
export function IsIsbn(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => withoutHyphens(value)),
    ValidateBy({
      name: 'isIsbn',
      validator: {
        validate: (value) => faultOf(value) === undefined,
        defaultMessage: (about) => faultOf(about?.value) ?? '',
      },
    }),
  )
}
