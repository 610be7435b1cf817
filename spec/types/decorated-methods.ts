import { CatchingFailure, NotFound } from '../../src/index.js'
import type { Response as ExpressResponse } from './express-response.js'

// The methods that can be decorated, with legacy and with standard decorators. compiler-messages.spec.ts compares the
// compiler's message with the string after each @ts-expect-error.

interface Book {
  readonly isbn: string
}

declare const book: Book
declare const anything: any

export class Compiles {
  @CatchingFailure()
  sync(): Book | globalThis.Response {
    return book
  }

  @CatchingFailure()
  async async(): Promise<Response> {
    return Response.json(book)
  }

  @CatchingFailure()
  thenable(): PromiseLike<Book | Response> {
    return Promise.resolve(book)
  }

  @CatchingFailure()
  static static(): Book | Response {
    return book
  }

  @CatchingFailure()
  private private(): Book | Response {
    return book
  }

  @CatchingFailure()
  protected protected(): Book | Response {
    return this.private()
  }

  @CatchingFailure()
  generic<Item>(items: Item[]): Item | Response {
    return items[0] ?? new Response()
  }

  @CatchingFailure()
  withParameters(isbn: string, copies?: number, ...others: readonly string[]): Book | Response {
    return { isbn: [isbn, copies, ...others].join() }
  }

  overloaded(isbn: string): Book | Response
  overloaded(author: string, year: number): Book | Response
  @CatchingFailure()
  overloaded(_first: string, _second?: number): Book | Response {
    return book
  }

  @CatchingFailure({ translate: () => undefined })
  any(): any {
    return anything
  }

  @CatchingFailure()
  unknown(): unknown {
    return anything
  }

  @CatchingFailure()
  never(): never {
    throw new NotFound()
  }

  @CatchingFailure()
  async neverLater(): Promise<never> {
    throw new NotFound()
  }

  @CatchingFailure()
  withThis(this: Compiles): Book | Response {
    return this.sync()
  }
}

// The compiler reports each error on the line of the decorator.

export class DoesNotCompile {
  // @ts-expect-error @CatchingFailure() returns a Fetch Response: add '| globalThis.Response' to the return type
  @CatchingFailure()
  sync(): Book {
    return book
  }

  // @ts-expect-error @CatchingFailure() returns a Fetch Response: add '| globalThis.Response' to the return type
  @CatchingFailure()
  async async(): Promise<Book> {
    return book
  }

  // @ts-expect-error @CatchingFailure() returns a Fetch Response: add '| globalThis.Response' to the return type
  @CatchingFailure()
  nothing(): void {}

  // @ts-expect-error @CatchingFailure() returns a Fetch Response: add '| globalThis.Response' to the return type
  @CatchingFailure()
  responseOfExpress(): ExpressResponse {
    return anything
  }
}

export class NotAMethod {
  // @ts-expect-error Unable to resolve signature of property decorator
  @CatchingFailure()
  field = () => new Response()
}
