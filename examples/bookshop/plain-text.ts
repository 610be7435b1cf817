import { ValidateBy } from 'class-validator'

/** Whether a value is a string that is not blank and has no control characters, which break PostgreSQL and terminals. */
export function isPlainText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength && /^[^\p{Cc}\p{Cs}]*$/u.test(value) && /\S/.test(value)
}

/** Validates a property with `isPlainText`. */
export function IsPlainText(maxLength: number): PropertyDecorator {
  return ValidateBy({
    name: 'isPlainText',
    validator: {
      validate: (value) => isPlainText(value, maxLength),
      defaultMessage: () => `$property must be a string of 1 to ${maxLength} characters, without control characters`,
    },
  })
}
