import {
  Body,
  Controller,
  createParamDecorator,
  Get,
  type INestApplication,
  Param,
  ParseArrayPipe,
  ParseEnumPipe,
  ParseIntPipe,
  ParseUUIDPipe,
  type PipeTransform,
  Post,
  Query,
  StandardSchemaValidationPipe,
  type Type,
  ValidationPipe,
  type ValidationPipeOptions,
} from '@nestjs/common'
import { type } from 'arktype'
import { expect } from 'chai'
import { IsInt, IsOptional, IsString, Length, Min } from 'class-validator'
import { z } from 'zod'
import { BadRequest, CatchingFailure, type ProblemType, UnprocessableContent } from '../../src/index.js'
import { FailureFilter, type ValidationExceptionOptions, validationExceptionFactory } from '../../src/nestjs/index.js'
import { given, NEST, since } from './nest-version.js'
import { closeServers, type Platform, platforms } from './platforms.js'
import type { ReceivedResponse } from './request.js'
import { Address, Order, VALID_ORDER } from './validated-order.js'

const asPost = [Post()]

const rejectsNonObjects = given(Math.floor(NEST) === 11 || NEST > 12, 'this Nest accepts values that are not objects')

for (const platform of platforms) {
  const responseOf = (controller: Type, sent: SentRequest, configure = useFailureFilter) =>
    send(platform, controller, sent, configure)
  const postWith = (pipe: PipeTransform, body: unknown) => responseOf(controllerOf(Body(pipe), Order, asPost), { body })
  const errorsOf = async (response: Promise<ReceivedResponse>) => (await response).json()['errors']

  describe(`validationExceptionFactory() in ValidationPipe on ${platform.name}`, () => {
    afterEach(closeServers)

    it('sends 422 with one entry per failed constraint, also in nested objects and arrays', async () => {
      const response = await postWith(classValidator(), {
        email: 'reader',
        address: { street: 1, country: { code: 'CHE' } },
        items: [VALID_ORDER.items[0], { isbn: '1', copies: 0.5 }],
      })
      expect(response.status).to.equal(422)
      expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
      const { errors, ...rest } = response.json()
      expect(rest).to.deep.equal({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The body failed validation.',
      })
      expect(errors).to.deep.equal([
        { detail: 'Invalid email.', pointer: '#/email' },
        { detail: 'street must be a string', pointer: '#/address/street' },
        { detail: 'code must be shorter than or equal to 2 characters', pointer: '#/address/country/code' },
        { detail: 'An ISBN has 13 digits.', pointer: '#/items/1/isbn' },
        { detail: 'copies must not be less than 1', pointer: '#/items/1/copies' },
        { detail: 'copies must be an integer number', pointer: '#/items/1/copies' },
      ])
    })

    it('accepts valid content', async () => {
      const response = await postWith(classValidator(), VALID_ORDER)
      expect(response.status).to.equal(201)
      expect(response.json()['value']).to.deep.equal(VALID_ORDER)
    })

    it('points to an empty array, and to a value that is not an object', async () => {
      const response = postWith(classValidator(), { ...VALID_ORDER, address: 'here', items: [] })
      expect(await errorsOf(response)).to.deep.equal([
        { detail: 'nested property address must be either object or array', pointer: '#/address' },
        { detail: 'items should not be empty', pointer: '#/items' },
      ])
    })

    it('points to properties that are not whitelisted, at any depth', async () => {
      const pipe = classValidator({}, { whitelist: true, forbidNonWhitelisted: true })
      const body = { ...VALID_ORDER, 'a/b': 1, items: [{ ...VALID_ORDER.items[0], price: 1 }] }
      expect(await errorsOf(postWith(pipe, body))).to.have.deep.members([
        { detail: 'property a/b should not exist', pointer: '#/a~1b' },
        { detail: 'property price should not exist', pointer: '#/items/0/price' },
      ])
    })

    it('accepts content with properties that are not whitelisted, and removes them', async () => {
      const response = await postWith(classValidator({}, { whitelist: true }), { ...VALID_ORDER, more: 1 })
      expect(response.json()['value']).to.deep.equal(VALID_ORDER)
    })

    rejectsNonObjects('points to the whole content when it is not an object', async () => {
      class Patch {
        @IsOptional()
        @IsString()
        street?: string
      }
      const controller = controllerOf(Body(classValidator()), Patch, asPost)
      expect(await errorsOf(responseOf(controller, { body: ['Main Street 1'] }))).to.deep.equal([
        { detail: 'Validation failed (object is expected)', pointer: '#' },
      ])
    })

    it('points to a property called "body", like the argument', async () => {
      expect(await errorsOf(postWith(classValidator(), { ...VALID_ORDER, body: 'text' }))).to.deep.equal([
        { detail: 'body must be an object', pointer: '#/body' },
      ])
    })

    it('points to the whole content when its class has no validation decorators', async () => {
      class Unknown {}
      const pipe = classValidator({}, { forbidUnknownValues: true })
      expect(await errorsOf(responseOf(controllerOf(Body(pipe), Unknown, asPost), { body: {} }))).to.deep.equal([
        { detail: 'an unknown value was passed to the validate function', pointer: '#' },
      ])
    })

    it('lists the first 100 of 120 errors and reports the total', async () => {
      const items = Array.from({ length: 60 }, () => ({ isbn: '1', copies: 0 }))
      const response = await postWith(classValidator(), { ...VALID_ORDER, items })
      expect(response.json()['detail']).to.equal(
        'The body failed validation with 120 errors; the first 100 are listed.',
      )
      expect(response.json()['errors']).to.have.lengthOf(100)
    })

    it('sends 400 with the class BadRequest', async () => {
      const response = await postWith(classValidator({ class: BadRequest }), { ...VALID_ORDER, email: '' })
      expect(response.status).to.equal(400)
      expect(response.json()).to.deep.equal({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'The body failed validation.',
        errors: [{ detail: 'Invalid email.', pointer: '#/email' }],
      })
    })

    it('sends the title of a custom class, and a custom detail', async () => {
      class InvalidOrder extends UnprocessableContent {
        static override readonly problem: ProblemType = { title: 'Invalid order' }
      }
      const pipe = classValidator({ class: InvalidOrder, detail: 'The order cannot be read.' })
      const response = await postWith(pipe, { ...VALID_ORDER, email: '' })
      expect(response.json()).to.include({ title: 'Invalid order', detail: 'The order cannot be read.' })
    })

    it('sends problem details from a global pipe and a decorated route, without FailureFilter', async () => {
      const controller = controllerOf(Body(), Order, [...asPost, CatchingFailure() as MethodDecorator])
      const response = await responseOf(controller, { body: { ...VALID_ORDER, email: '' } }, (app) =>
        app.useGlobalPipes(classValidator()),
      )
      expect(response.status).to.equal(422)
      expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(response.json()['errors']).to.deep.equal([{ detail: 'Invalid email.', pointer: '#/email' }])
    })

    it('sends 422 from an undecorated route without FailureFilter', async () => {
      const controller = controllerOf(Body(classValidator()), Order, asPost)
      const response = await responseOf(controller, { body: { ...VALID_ORDER, email: '' } }, () => undefined)
      expect(response.status).to.equal(422)
    })

    describe('for a part of the request', () => {
      it('names the query parameters', async () => {
        class Page {
          @IsInt()
          @Min(1)
          page!: number
        }
        const response = await responseOf(controllerOf(Query(classValidator({ in: 'query' })), Page, [Get()]), {
          path: '?page=x',
        })
        expect(response.json()['detail']).to.equal('The query failed validation.')
        expect(response.json()['errors']).to.deep.equal([
          { detail: 'page must not be less than 1', parameter: 'page' },
          { detail: 'page must be an integer number', parameter: 'page' },
        ])
      })

      it('names the header fields', async () => {
        /** Like `@Headers()`, but Nest passes the value through pipes. */
        const PipedHeaders = createParamDecorator((_, context) => context.switchToHttp().getRequest().headers)

        class Tenant {
          @Length(3, 10)
          tenant!: string
        }
        const pipe = classValidator({ in: 'header' }, { validateCustomDecorators: true })
        const controller = controllerOf(PipedHeaders(pipe), Tenant, [Get()])
        expect(await errorsOf(responseOf(controller, { headers: { tenant: 'x' } }))).to.deep.equal([
          { detail: 'tenant must be longer than or equal to 3 characters', header: 'tenant' },
        ])
      })

      it('points to the properties of a named member of the content', async () => {
        const controller = controllerOf(Body('address', classValidator({ name: 'address' })), Address, asPost)
        expect(
          await errorsOf(responseOf(controller, { body: { ...VALID_ORDER, address: { country: VALID_ORDER } } })),
        ).to.deep.equal([
          { detail: 'street must be a string', pointer: '#/address/street' },
          { detail: 'code must be longer than or equal to 2 characters', pointer: '#/address/country/code' },
        ])
      })

      rejectsNonObjects('points to a member that is not an object, with and without a name', async () => {
        for (const options of [{ name: 'address' }, {}]) {
          class Optional {
            @IsOptional()
            @IsString()
            street?: string
          }
          const controller = controllerOf(Body('address', classValidator(options)), Optional, asPost)
          expect(await errorsOf(responseOf(controller, { body: { address: ['here'] } }))).to.deep.equal([
            { detail: 'Validation failed (object is expected)', pointer: '#/address' },
          ])
        }
      })
    })
  })

  describe(`validationExceptionFactory() in StandardSchemaValidationPipe on ${platform.name}`, () => {
    afterEach(closeServers)

    const schema = z.object({ items: z.array(z.object({ isbn: z.string().min(3, 'Too short.') })) })
    const standard = (options: ValidationExceptionOptions = {}) =>
      new StandardSchemaValidationPipe({ exceptionFactory: validationExceptionFactory(options) })

    since(12)('sends 422 with the issues of the schema', async () => {
      const controller = controllerOf(Body({ schema, pipes: [standard()] }), Object, asPost)
      const response = await responseOf(controller, { body: { items: [{ isbn: '123' }, { isbn: '1' }] } })
      expect(response.json()).to.deep.equal({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The body failed validation.',
        errors: [{ detail: 'Too short.', pointer: '#/items/1/isbn' }],
      })
    })

    since(12)('accepts valid content', async () => {
      const controller = controllerOf(Body({ schema, pipes: [standard()] }), Object, asPost)
      expect((await responseOf(controller, { body: { items: [] } })).json()['value']).to.deep.equal({ items: [] })
    })

    since(12)('names the query parameter', async () => {
      const page = z.coerce.number('Not a number.')
      const pipes = [standard({ in: 'query', name: 'page' })]
      const response = await responseOf(controllerOf(Query('page', { schema: page, pipes }), Object, [Get()]), {
        path: '?page=x',
      })
      expect(response.json()['detail']).to.equal('The query failed validation.')
      expect(response.json()['errors']).to.deep.equal([{ detail: 'Not a number.', parameter: 'page' }])
    })

    since(12)('points to the properties of a named member for the issues of ArkType, an array subclass', async () => {
      const address = type({ street: 'string' })
      const controller = controllerOf(Body('address', { schema: address, pipes: [standard({ name: 'address' })] }))
      Post()(controller.prototype, 'order', Object.getOwnPropertyDescriptor(controller.prototype, 'order') as never)
      expect(await errorsOf(responseOf(controller, { body: { address: { street: 1 } } }))).to.deep.equal([
        { detail: 'street must be a string (was a number)', pointer: '#/address/street' },
      ])
    })
  })

  describe(`validationExceptionFactory() in ParseIntPipe and similar pipes on ${platform.name}`, () => {
    afterEach(closeServers)

    const atPath = (pipe: PipeTransform, path: string) =>
      responseOf(controllerOf(Param('id', pipe), String, [Get(':id')]), { path })

    it('sends 422 with the message of the pipe', async () => {
      const exceptionFactory = validationExceptionFactory()
      for (const [pipe, detail] of [
        [new ParseIntPipe({ exceptionFactory }), 'Validation failed (numeric string is expected)'],
        [new ParseUUIDPipe({ exceptionFactory }), 'Validation failed (uuid is expected)'],
        [new ParseEnumPipe({ NEW: 'new' }, { exceptionFactory }), 'Validation failed (enum string is expected)'],
        [new ParseArrayPipe({ items: Number, exceptionFactory }), '[0] item must be a number'],
      ] as const) {
        const response = await atPath(pipe, '/x')
        expect(response.status).to.equal(422)
        expect(response.json()).to.include({ title: 'Unprocessable Content', detail })
        expect(response.json()['errors']).to.deep.equal([{ detail }])
      }
    })

    it('names the parameter, and sends 400 with the class BadRequest', async () => {
      const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id', class: BadRequest })
      expect((await atPath(new ParseIntPipe({ exceptionFactory }), '/x')).json()).to.deep.equal({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'The path failed validation.',
        errors: [{ detail: 'Validation failed (numeric string is expected)', parameter: 'id' }],
      })
    })

    it('sends a custom detail, and the message of the pipe in errors', async () => {
      const exceptionFactory = validationExceptionFactory({ name: 'id', detail: 'No such order.' })
      const response = await atPath(new ParseUUIDPipe({ exceptionFactory }), '/x')
      expect(response.json()['detail']).to.equal('No such order.')
      expect(response.json()['errors']).to.deep.equal([
        { detail: 'Validation failed (uuid is expected)', parameter: 'id' },
      ])
    })

    it('points to a member of the content', async () => {
      const exceptionFactory = validationExceptionFactory({ in: 'body', name: 'copies' })
      const controller = controllerOf(Body('copies', new ParseIntPipe({ exceptionFactory })), Number, asPost)
      expect(await errorsOf(responseOf(controller, { body: { copies: 'x' } }))).to.deep.equal([
        { detail: 'Validation failed (numeric string is expected)', pointer: '#/copies' },
      ])
    })

    it('sends problem details from a decorated route without FailureFilter', async () => {
      const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id' })
      const controller = controllerOf(Param('id', new ParseIntPipe({ exceptionFactory })), Number, [
        Get(':id'),
        CatchingFailure() as MethodDecorator,
      ])
      const response = await responseOf(controller, { path: '/x' }, () => undefined)
      expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(response.json()['errors']).to.deep.equal([
        { detail: 'Validation failed (numeric string is expected)', parameter: 'id' },
      ])
    })
  })
}

describe('validationExceptionFactory()', () => {
  it('throws a TypeError for an unknown part', () => {
    for (const part of ['param', 'toString', 7, null]) {
      expect(() => validationExceptionFactory({ in: part as never })).to.throw(
        TypeError,
        'validationExceptionFactory: "in" must be "body", "query", "path" or "header", received ',
      )
    }
  })

  it('returns a failure with the default detail for an empty array', () => {
    expect(validationExceptionFactory()([]).toProblem()).to.include({ detail: 'The body failed validation.' })
  })

  it('names the parameter of an issue without a path', () => {
    const { extensions } = validationExceptionFactory({ in: 'query', name: 'page' })([{ message: 'Not a number.' }])
    expect(extensions['errors']).to.deep.equal([{ detail: 'Not a number.', parameter: 'page' }])
  })

  it('accepts an array of messages, or of exceptions created from them', () => {
    const create = validationExceptionFactory({ in: 'query', name: 'ids' })
    const expected = [
      { detail: 'Not a number.', parameter: 'ids' },
      { detail: 'Too small.', parameter: 'ids' },
    ]
    for (const findings of [
      ['Not a number.', 'Too small.'],
      [create('Not a number.'), create('Too small.')],
      [create('Not a number.'), new BadRequest('Too small.')],
    ]) {
      expect(create(findings).extensions['errors']).to.deep.equal(expected)
    }
  })

  it('accepts errors that are nested 50,000 levels deep', () => {
    let error: { property: string; constraints?: Record<string, string>; children?: any[] } = {
      property: 'last',
      constraints: { isInt: 'Not a number.' },
    }
    for (let depth = 0; depth < 50_000; depth++) error = { property: 'x', children: [error] }
    const { extensions } = validationExceptionFactory()([error])
    expect((extensions['errors'] as unknown[])[0]).to.have.property('detail', 'Not a number.')
  })
})

interface SentRequest {
  readonly body?: unknown
  readonly path?: string
  readonly headers?: Record<string, string>
}

/** Starts an application with the controller and sends it a request. */
async function send(
  platform: Platform,
  controller: Type,
  { body, path = '', headers = {} }: SentRequest,
  configure: (app: INestApplication) => unknown,
): Promise<ReceivedResponse> {
  const { get } = await platform.start({ controllers: [controller], configure })
  if (body === undefined) return get(`/orders${path}`, { headers })
  const json = { 'Content-Type': 'application/json' }
  return get(`/orders${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })
}

function useFailureFilter(app: INestApplication): unknown {
  return app.useGlobalFilters(new FailureFilter())
}

/** A controller with one handler, which returns its only argument. */
function controllerOf(argument: ParameterDecorator, type: Type = Object, decorators: MethodDecorator[] = []): Type {
  class Orders {
    order(value: unknown): unknown {
      return { value }
    }
  }
  const method = Object.getOwnPropertyDescriptor(Orders.prototype, 'order') as PropertyDescriptor
  argument(Orders.prototype, 'order', 0)
  Reflect.defineMetadata('design:paramtypes', [type], Orders.prototype, 'order')
  for (const decorate of decorators) decorate(Orders.prototype, 'order', method)
  Object.defineProperty(Orders.prototype, 'order', method)
  Controller('orders')(Orders)
  return Orders
}

function classValidator(options: ValidationExceptionOptions<any> = {}, pipeOptions: ValidationPipeOptions = {}) {
  return new ValidationPipe({ ...pipeOptions, exceptionFactory: validationExceptionFactory(options) })
}
