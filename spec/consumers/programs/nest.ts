import 'reflect-metadata'
import { Controller, Get, Module, Param, ParseIntPipe, UseFilters, ValidationPipe } from '@nestjs/common'
import { CatchingFailure, NotFound } from 'http-failure'
import {
  FailureFilter,
  FailureModule,
  type FailureModuleOptions,
  logFailureToNest,
  validationExceptionFactory,
} from 'http-failure/nestjs'

// A program that uses the Nest entry.

const options: FailureModuleOptions = { methodNotAllowed: true, onFailure: logFailureToNest }
const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id' })

@Controller('books')
@UseFilters(new FailureFilter({ typeBase: 'https://bookshop.example/problems/' }))
export class Books {
  @Get(':id')
  @CatchingFailure()
  find(@Param('id', new ParseIntPipe({ exceptionFactory })) id: number): { id: number } | globalThis.Response {
    if (id > 1) throw new NotFound(`There is no book ${id}.`)
    return { id }
  }
}

class Settings {
  readonly base = 'https://bookshop.example/problems/'
}

@Module({ controllers: [Books], imports: [FailureModule.forRoot(options)] })
export class BookshopModule {}

@Module({
  imports: [
    FailureModule.forRootAsync({ inject: [Settings], useFactory: ({ base }: Settings) => ({ typeBase: base }) }),
  ],
})
export class LibraryModule {}

export const pipe = new ValidationPipe({ exceptionFactory: validationExceptionFactory() })

// @ts-expect-error is not assignable to type
FailureModule.forRoot({ methodNotAllowed: 'yes' })
