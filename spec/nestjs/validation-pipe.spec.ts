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
import { Type as ClassOf } from 'class-transformer'
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
import { z } from 'zod'
import { BadRequest, CatchingFailure, UnprocessableContent } from '../../src/index.js'
import { FailureFilter, type ValidationExceptionOptions, validationExceptionFactory } from '../../src/nestjs/index.js'
import { given, NEST, since } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import type { ReceivedResponse } from './request.js'

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

class Address {
  @IsString()
  street!: string

  @ValidateNested()
  @ClassOf(() => Country)
  country!: Country
}

class Order {
  @IsEmail({}, { message: 'Wrong.' })
  email!: string

  @ValidateNested()
  @ClassOf(() => Address)
  address!: Address

  @ValidateNested({ each: true })
  @ArrayNotEmpty()
  @ClassOf(() => Item)
  items!: Item[]

  @IsOptional()
  @IsObject()
  body?: object
}

const WELL = {
  email: 'reader@bookshop.example',
  address: { street: 'Main Street 1', country: { code: 'CH' } },
  items: [{ isbn: '978-0131103627', copies: 1 }],
}

/** The header fields: unlike those of `@Headers()`, what it gives goes through pipes. */
const Fields = createParamDecorator((_, context) => context.switchToHttp().getRequest().headers)

/** A controller whose method takes one argument. */
function controllerOf(argument: ParameterDecorator, type: Type = Object, decorators: MethodDecorator[] = []): Type {
  class Orders {
    order(given: unknown): unknown {
      return { given }
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

interface Sent {
  readonly body?: unknown
  readonly path?: string
  readonly headers?: Record<string, string>
}

function filtered(app: INestApplication): void {
  app.useGlobalFilters(new FailureFilter())
}

const asBody = [Post()]

function classValidator(options: ValidationExceptionOptions<any> = {}, ofPipe: ValidationPipeOptions = {}) {
  return new ValidationPipe({ ...ofPipe, exceptionFactory: validationExceptionFactory(options) })
}

const knowsPrimitives = given(Math.floor(NEST) === 11 || NEST > 12, 'this Nest lets through what is no object')

for (const platform of platforms) {
  /** What is answered by a route that takes one argument. */
  const answered = async (
    controller: Type,
    sent: Sent,
    configure: (app: INestApplication) => unknown = filtered,
  ): Promise<ReceivedResponse> => {
    const { get } = await platform.start({ controllers: [controller], configure })
    const { body, path = '', headers } = sent
    if (body === undefined) return get(`/orders${path}`, { headers: headers ?? {} })
    const json = { 'Content-Type': 'application/json' }
    return get(`/orders${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })
  }
  const orderedWith = (pipe: PipeTransform, body: unknown) =>
    answered(controllerOf(Body(pipe), Order, asBody), { body })
  const errorsOf = async (answer: Promise<ReceivedResponse>) => (await answer).json()['errors']

  describe(`The exceptionFactory of ValidationPipe on ${platform.name}`, () => {
    afterEach(closeServers)

    it('answers 422 with an entry for each constraint, whatever it is nested in', async () => {
      const answer = await orderedWith(classValidator(), {
        email: 'nobody',
        address: { street: 1, country: { code: 'CHE' } },
        items: [WELL.items[0], { isbn: '1', copies: 0.5 }],
      })
      expect(answer.status).to.equal(422)
      expect(answer.lines('content-type')).to.deep.equal(['application/problem+json'])
      const { errors, ...rest } = answer.json()
      expect(rest).to.deep.equal({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The body failed validation.',
      })
      expect(errors).to.deep.equal([
        { detail: 'Wrong.', pointer: '#/email' },
        { detail: 'street must be a string', pointer: '#/address/street' },
        { detail: 'code must be shorter than or equal to 2 characters', pointer: '#/address/country/code' },
        { detail: 'An ISBN has 13 digits.', pointer: '#/items/1/isbn' },
        { detail: 'copies must not be less than 1', pointer: '#/items/1/copies' },
        { detail: 'copies must be an integer number', pointer: '#/items/1/copies' },
      ])
    })

    it('lets through what is well', async () => {
      const answer = await orderedWith(classValidator(), WELL)
      expect(answer.status).to.equal(201)
      expect(answer.json()['given']).to.deep.equal(WELL)
    })

    it('points to a list or an object that is none', async () => {
      const answer = orderedWith(classValidator(), { ...WELL, address: 'here', items: [] })
      expect(await errorsOf(answer)).to.deep.equal([
        { detail: 'nested property address must be either object or array', pointer: '#/address' },
        { detail: 'items should not be empty', pointer: '#/items' },
      ])
    })

    it('points to properties that are not whitelisted, at any depth', async () => {
      const pipe = classValidator({}, { whitelist: true, forbidNonWhitelisted: true })
      const body = { ...WELL, 'a/b': 1, items: [{ ...WELL.items[0], price: 1 }] }
      expect(await errorsOf(orderedWith(pipe, body))).to.have.deep.members([
        { detail: 'property a/b should not exist', pointer: '#/a~1b' },
        { detail: 'property price should not exist', pointer: '#/items/0/price' },
      ])
    })

    it('drops properties that are not whitelisted without a word', async () => {
      const answer = await orderedWith(classValidator({}, { whitelist: true }), { ...WELL, more: 1 })
      expect(answer.json()['given']).to.deep.equal(WELL)
    })

    knowsPrimitives('points to the whole content when that is no object', async () => {
      class Patch {
        @IsOptional()
        @IsString()
        street?: string
      }
      const controller = controllerOf(Body(classValidator()), Patch, asBody)
      expect(await errorsOf(answered(controller, { body: ['Main Street 1'] }))).to.deep.equal([
        { detail: 'Validation failed (object is expected)', pointer: '#' },
      ])
    })

    it('points to a property of the content that Nest would call an argument', async () => {
      expect(await errorsOf(orderedWith(classValidator(), { ...WELL, body: 'text' }))).to.deep.equal([
        { detail: 'body must be an object', pointer: '#/body' },
      ])
    })

    it('points to the whole content when nothing is known of its class', async () => {
      class Unknown {}
      const pipe = classValidator({}, { forbidUnknownValues: true })
      expect(await errorsOf(answered(controllerOf(Body(pipe), Unknown, asBody), { body: {} }))).to.deep.equal([
        { detail: 'an unknown value was passed to the validate function', pointer: '#' },
      ])
    })

    it('reports the first hundred of many, and says how many there are', async () => {
      const items = Array.from({ length: 60 }, () => ({ isbn: '1', copies: 0 }))
      const answer = await orderedWith(classValidator(), { ...WELL, items })
      expect(answer.json()['detail']).to.equal('The body failed validation with 120 errors; the first 100 are listed.')
      expect(answer.json()['errors']).to.have.lengthOf(100)
    })

    it('answers 400 by option', async () => {
      const answer = await orderedWith(classValidator({ class: BadRequest }), { ...WELL, email: '' })
      expect(answer.status).to.equal(400)
      expect(answer.json()).to.deep.equal({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'The body failed validation.',
        errors: [{ detail: 'Wrong.', pointer: '#/email' }],
      })
    })

    it('answers with a class and a detail of the application', async () => {
      class InvalidOrder extends UnprocessableContent {
        override get title() {
          return 'Invalid order'
        }
      }
      const pipe = classValidator({ class: InvalidOrder, detail: 'The order cannot be read.' })
      const answer = await orderedWith(pipe, { ...WELL, email: '' })
      expect(answer.json()).to.include({ title: 'Invalid order', detail: 'The order cannot be read.' })
    })

    it('serves all routes as a global pipe, and stands beside the FailureFilter or without it', async () => {
      const controller = controllerOf(Body(), Order, [...asBody, CatchingFailure() as MethodDecorator])
      const answer = await answered(controller, { body: { ...WELL, email: '' } }, (app) =>
        app.useGlobalPipes(classValidator()),
      )
      expect(answer.status).to.equal(422)
      expect(answer.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(answer.json()['errors']).to.deep.equal([{ detail: 'Wrong.', pointer: '#/email' }])
    })

    it('leaves an undecorated route without the filter to Nest, which answers the status', async () => {
      const controller = controllerOf(Body(classValidator()), Order, asBody)
      const answer = await answered(controller, { body: { ...WELL, email: '' } }, () => undefined)
      expect(answer.status).to.equal(422)
    })

    describe('bound to a part of the request', () => {
      it('names the parameters of a query', async () => {
        class Page {
          @IsInt()
          @Min(1)
          page!: number
        }
        const answer = await answered(controllerOf(Query(classValidator({ in: 'query' })), Page, [Get()]), {
          path: '?page=x',
        })
        expect(answer.json()['detail']).to.equal('The query failed validation.')
        expect(answer.json()['errors']).to.deep.equal([
          { detail: 'page must not be less than 1', parameter: 'page' },
          { detail: 'page must be an integer number', parameter: 'page' },
        ])
      })

      it('names the header fields', async () => {
        class Tenant {
          @Length(3, 10)
          tenant!: string
        }
        const pipe = classValidator({ in: 'header' }, { validateCustomDecorators: true })
        const controller = controllerOf(Fields(pipe), Tenant, [Get()])
        expect(await errorsOf(answered(controller, { headers: { tenant: 'x' } }))).to.deep.equal([
          { detail: 'tenant must be longer than or equal to 3 characters', header: 'tenant' },
        ])
      })

      it('points into one member of the content by its name', async () => {
        const controller = controllerOf(Body('address', classValidator({ name: 'address' })), Address, asBody)
        expect(await errorsOf(answered(controller, { body: { ...WELL, address: { country: WELL } } }))).to.deep.equal([
          { detail: 'street must be a string', pointer: '#/address/street' },
          { detail: 'code must be longer than or equal to 2 characters', pointer: '#/address/country/code' },
        ])
      })

      knowsPrimitives('points to one member of the content that is no object, named or not', async () => {
        for (const options of [{ name: 'address' }, {}]) {
          class Optional {
            @IsOptional()
            @IsString()
            street?: string
          }
          const controller = controllerOf(Body('address', classValidator(options)), Optional, asBody)
          expect(await errorsOf(answered(controller, { body: { address: ['here'] } }))).to.deep.equal([
            { detail: 'Validation failed (object is expected)', pointer: '#/address' },
          ])
        }
      })
    })
  })

  describe(`The exceptionFactory of StandardSchemaValidationPipe on ${platform.name}`, () => {
    afterEach(closeServers)

    const schema = z.object({ items: z.array(z.object({ isbn: z.string().min(3, 'Too short.') })) })
    const standard = (options: ValidationExceptionOptions = {}) =>
      new StandardSchemaValidationPipe({ exceptionFactory: validationExceptionFactory(options) })

    since(12)('answers 422 with the issues of the schema', async () => {
      const controller = controllerOf(Body({ schema, pipes: [standard()] }), Object, asBody)
      const answer = await answered(controller, { body: { items: [{ isbn: '123' }, { isbn: '1' }] } })
      expect(answer.json()).to.deep.equal({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The body failed validation.',
        errors: [{ detail: 'Too short.', pointer: '#/items/1/isbn' }],
      })
    })

    since(12)('lets through what fits', async () => {
      const controller = controllerOf(Body({ schema, pipes: [standard()] }), Object, asBody)
      expect((await answered(controller, { body: { items: [] } })).json()['given']).to.deep.equal({ items: [] })
    })

    since(12)('names the parameter that it is bound to', async () => {
      const page = z.coerce.number('No number.')
      const pipes = [standard({ in: 'query', name: 'page' })]
      const answer = await answered(controllerOf(Query('page', { schema: page, pipes }), Object, [Get()]), {
        path: '?page=x',
      })
      expect(answer.json()['detail']).to.equal('The query failed validation.')
      expect(answer.json()['errors']).to.deep.equal([{ detail: 'No number.', parameter: 'page' }])
    })

    since(12)(
      'points into one member of the content by its name, with lists of issues of their own class',
      async () => {
        const address = type({ street: 'string' })
        const controller = controllerOf(Body('address', { schema: address, pipes: [standard({ name: 'address' })] }))
        Post()(controller.prototype, 'order', Object.getOwnPropertyDescriptor(controller.prototype, 'order') as never)
        expect(await errorsOf(answered(controller, { body: { address: { street: 1 } } }))).to.deep.equal([
          { detail: 'street must be a string (was a number)', pointer: '#/address/street' },
        ])
      },
    )
  })

  describe(`The exceptionFactory of ParseIntPipe and its kin on ${platform.name}`, () => {
    afterEach(closeServers)

    const atPath = (pipe: PipeTransform, path: string) =>
      answered(controllerOf(Param('id', pipe), String, [Get(':id')]), { path })

    it('answers 422, with the message of the pipe', async () => {
      const exceptionFactory = validationExceptionFactory()
      for (const [pipe, detail] of [
        [new ParseIntPipe({ exceptionFactory }), 'Validation failed (numeric string is expected)'],
        [new ParseUUIDPipe({ exceptionFactory }), 'Validation failed (uuid is expected)'],
        [new ParseEnumPipe({ NEW: 'new' }, { exceptionFactory }), 'Validation failed (enum string is expected)'],
        [new ParseArrayPipe({ items: Number, exceptionFactory }), '[0] item must be a number'],
      ] as const) {
        const answer = await atPath(pipe, '/x')
        expect(answer.status).to.equal(422)
        expect(answer.json()).to.include({ title: 'Unprocessable Content', detail })
        expect(answer.json()['errors']).to.deep.equal([{ detail }])
      }
    })

    it('names the parameter, and answers 400 by option', async () => {
      const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id', class: BadRequest })
      expect((await atPath(new ParseIntPipe({ exceptionFactory }), '/x')).json()).to.deep.equal({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'The path failed validation.',
        errors: [{ detail: 'Validation failed (numeric string is expected)', parameter: 'id' }],
      })
    })

    it('says what happened in the words of the application', async () => {
      const exceptionFactory = validationExceptionFactory({ name: 'id', detail: 'No such order.' })
      const answer = await atPath(new ParseUUIDPipe({ exceptionFactory }), '/x')
      expect(answer.json()['detail']).to.equal('No such order.')
      expect(answer.json()['errors']).to.deep.equal([
        { detail: 'Validation failed (uuid is expected)', parameter: 'id' },
      ])
    })

    it('points to a member of the content', async () => {
      const exceptionFactory = validationExceptionFactory({ in: 'body', name: 'copies' })
      const controller = controllerOf(Body('copies', new ParseIntPipe({ exceptionFactory })), Number, asBody)
      expect(await errorsOf(answered(controller, { body: { copies: 'x' } }))).to.deep.equal([
        { detail: 'Validation failed (numeric string is expected)', pointer: '#/copies' },
      ])
    })

    it('is answered by a decorated route without the filter', async () => {
      const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id' })
      const controller = controllerOf(Param('id', new ParseIntPipe({ exceptionFactory })), Number, [
        Get(':id'),
        CatchingFailure() as MethodDecorator,
      ])
      const answer = await answered(controller, { path: '/x' }, () => undefined)
      expect(answer.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(answer.json()['errors']).to.deep.equal([
        { detail: 'Validation failed (numeric string is expected)', parameter: 'id' },
      ])
    })
  })
}

describe('validationExceptionFactory()', () => {
  it('knows no other parts of a request', () => {
    for (const part of ['param', 'toString', 7, null]) {
      expect(() => validationExceptionFactory({ in: part as never })).to.throw(
        TypeError,
        'validationExceptionFactory: "in" must be "body", "query", "path" or "header", received ',
      )
    }
  })

  it('makes nothing of nothing', () => {
    expect(validationExceptionFactory()([]).toProblem()).to.include({ detail: 'The body failed validation.' })
  })

  it('names the parameter of an issue that has no path', () => {
    const { extensions } = validationExceptionFactory({ in: 'query', name: 'page' })([{ message: 'No number.' }])
    expect(extensions['errors']).to.deep.equal([{ detail: 'No number.', parameter: 'page' }])
  })

  it('takes what a pipe has found of each item of a list: messages, or what was made of them', () => {
    const make = validationExceptionFactory({ in: 'query', name: 'ids' })
    const expected = [
      { detail: 'No number.', parameter: 'ids' },
      { detail: 'Too small.', parameter: 'ids' },
    ]
    for (const found of [
      ['No number.', 'Too small.'],
      [make('No number.'), make('Too small.')],
      [make('No number.'), new BadRequest('Too small.')],
    ]) {
      expect(make(found).extensions['errors']).to.deep.equal(expected)
    }
  })

  it('takes errors as deep as a client may nest them', () => {
    let error: { property: string; constraints?: Record<string, string>; children?: any[] } = {
      property: 'last',
      constraints: { isInt: 'No number.' },
    }
    for (let depth = 0; depth < 50_000; depth++) error = { property: 'x', children: [error] }
    const { extensions } = validationExceptionFactory()([error])
    expect((extensions['errors'] as unknown[])[0]).to.have.property('detail', 'No number.')
  })
})
