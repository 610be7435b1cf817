import { ValidateBy } from 'class-validator'

/** Whether a text has something to read, and none of the control characters that PostgreSQL or a terminal would choke on. */
export function isPlainText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength && /^[^\p{Cc}\p{Cs}]*$/u.test(value) && /\S/.test(value)
}

/** A property that is a plain text. */
export function IsPlainText(maxLength: number): PropertyDecorator {
  return ValidateBy({
    name: 'isPlainText',
    validator: {
      validate: (value) => isPlainText(value, maxLength),
      defaultMessage: () => `$property must be a text of 1 to ${maxLength} characters, without control characters`,
    },
  })
}
