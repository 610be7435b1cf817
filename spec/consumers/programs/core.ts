import {
  BadGateway,
  CatchingFailure,
  Conflict,
  createFailure,
  Extension,
  Failure,
  type FailureContext,
  FailureResponder,
  type FailureResponderOptions,
  failureClass,
  failureFromResponse,
  HttpStatus,
  type HttpStatusCode,
  isFailure,
  MethodNotAllowed,
  NotFound,
  type ProblemDetails,
  type ProblemType,
  readJson,
} from 'http-failure'
import { byAccept, html, problemJson, type Representation, text } from 'http-failure/representations'
import { NOT_FOUND } from 'http-failure/status'

// A program with the three entries that need no framework. It is compiled under several settings and run.

declare const maybe: string | undefined
declare const number: number

const Order = {
  '~standard': {
    version: 1 as const,
    vendor: 'example',
    types: undefined as { input: unknown; output: { isbn: string } } | undefined,
    validate: (value: unknown) => ({ value: value as { isbn: string } }),
  },
}

export class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
  }
  @Extension() readonly isbn: string

  constructor(isbn: string, options: { readonly cause?: unknown } = {}) {
    super(`No copy of ${isbn} is left.`, options)
    this.isbn = isbn
  }
}

const csv: Representation = { mediaType: 'text/csv', render: ({ status, title }) => `${status},${title}` }

const options: FailureResponderOptions = {
  translate: (error) => (error instanceof RangeError ? new NotFound({ cause: error }) : undefined),
  extend: (_failure: Failure, { method }: FailureContext) => ({ method }),
  represent: byAccept(problemJson, html, text, csv),
}
const responder = new FailureResponder(options)

export class Orders {
  @CatchingFailure(responder)
  async order(request: Request): Promise<Response> {
    const { isbn } = await readJson(request, Order)
    const typed: string = isbn
    throw new OutOfStock(typed)
  }

  @CatchingFailure()
  find(isbn: string): string | Response {
    throw new NotFound(`There is no book ${isbn}.`, { extensions: { isbn } })
  }

  // @ts-expect-error '@CatchingFailure() returns a Fetch Response: add '| globalThis.Response' to the return type'
  @CatchingFailure()
  count(): number {
    return 0
  }
}

// Code that compiles and code that does not: without declarations, everything would be `any` and compile.

export function types() {
  const notFound: 404 = HttpStatus.NOT_FOUND
  const phrase: 'Not Found' = HttpStatus.of(404).phrase
  const code: HttpStatusCode = notFound
  const constant: 404 = NOT_FOUND
  const failure: NotFound = createFailure(404)
  const notFoundClass: typeof NotFound = failureClass(404)
  const problem: ProblemDetails = failure.toProblem()
  new NotFound(maybe, { instance: maybe, cause: undefined })
  new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
  // @ts-expect-error A 405 must list the allowed methods
  new MethodNotAllowed()
  // @ts-expect-error an abstract class
  new Failure()
  // @ts-expect-error an Error is a cause
  new BadGateway(new Error())
  // @ts-expect-error possibly undefined
  HttpStatus.of(number).phrase
  return [phrase, code, constant, problem, notFoundClass]
}

async function main() {
  const body = JSON.stringify({ isbn: '1' })
  const request = () => ({ method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'text/csv' }, body })
  const response = await new Orders().order(new Request('http://localhost/orders', request()))
  const found = new Orders().find('2') as Response
  const failure = await failureFromResponse(new OutOfStock('3').toResponse(), { classes: [OutOfStock] })
  return [
    await response.text(),
    await found.json(),
    failure instanceof OutOfStock && failure.isbn,
    isFailure(failure),
    NOT_FOUND,
  ]
}

main().then((results) => console.log(JSON.stringify(results)))
