import 'reflect-metadata'
import { Controller, Get, Module, ParseEnumPipe, Query } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ApiQuery, DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { expect } from 'chai'
import { isEnum } from 'class-validator'
import { z } from 'zod'
import { HttpStatus } from '../../src/index.js'

// Where a TypeScript enum is expected, HttpStatus can be used.

const codes = [...HttpStatus].map(({ code }) => code)

describe('HttpStatus in place of an enum', () => {
  it('is accepted by @ApiQuery(), and its codes are in the OpenAPI document', async () => {
    @Controller('books')
    class Books {
      @Get()
      @ApiQuery({ name: 'status', enum: HttpStatus })
      list(@Query('status') _status: HttpStatus) {
        return []
      }
    }
    @Module({ controllers: [Books] })
    class Root {}
    const app = await NestFactory.create(Root, { logger: false })
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build())
    const [parameter] = paths['/books']?.get?.parameters ?? []
    expect(parameter).to.have.property('name', 'status')
    expect(parameter).to.have.nested.property('schema.enum').that.deep.equals(codes)
    await app.close()
  })

  it('is accepted by ParseEnumPipe', async () => {
    const pipe = new ParseEnumPipe(HttpStatus)
    const metadata = { type: 'query' } as const
    expect(await pipe.transform(404 as never, metadata)).to.equal(404)
    expect(await pipe.transform(499 as never, metadata).catch(({ status }) => status)).to.equal(400)
  })

  it('is accepted by class-validator', () => {
    expect(isEnum(404, HttpStatus)).to.equal(true)
    expect(isEnum(499, HttpStatus)).to.equal(false)
  })

  it('is a literal for zod', () => {
    const Status: z.ZodType<HttpStatus> = z.literal(codes)
    expect(Status.safeParse(404).success).to.equal(true)
    expect(Status.safeParse(499).success).to.equal(false)
  })
})
