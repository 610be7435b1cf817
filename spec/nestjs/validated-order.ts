import { Type } from 'class-transformer'
import {
  ArrayNotEmpty,
  IsEmail,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator'

class Item {
  @Matches(/^[\d-]{14}$/, { message: 'An ISBN has 13 digits.' })
  isbn!: string

  @IsInt()
  @Min(1)
  copies!: number
}

class Country {
  @Length(2, 2)
  code!: string
}

export class Address {
  @IsString()
  street!: string

  @ValidateNested()
  @Type(() => Country)
  country!: Country
}

/** An order with the decorators of class-validator, with nested objects and an array. */
export class Order {
  @IsEmail({}, { message: 'Invalid email.' })
  email!: string

  @ValidateNested()
  @Type(() => Address)
  address!: Address

  @ValidateNested({ each: true })
  @ArrayNotEmpty()
  @Type(() => Item)
  items!: Item[]

  @IsOptional()
  @IsObject()
  body?: object
}

export const VALID_ORDER = {
  email: 'reader@bookshop.example',
  address: { street: 'Main Street 1', country: { code: 'CH' } },
  items: [{ isbn: '978-0131103627', copies: 1 }],
}
