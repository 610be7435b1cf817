import { Body, Controller, Get, type LoggerService, Post } from '@nestjs/common'
import { BadGateway, NotFound } from '../../../src/index.js'
import type { FailureFilter } from '../../../src/nestjs/index.js'
import { closeServers, platforms } from '../../nestjs/platforms.js'
import { type ReceivedResponse, request } from '../../nestjs/request.js'

// A small application for the observability examples, which receives the same requests on every platform of Nest.

class UnknownBook extends NotFound {}

@Controller('books')
class Books {
  @Get('unknown')
  unknown() {
    throw new UnknownBook('There is no such book.')
  }

  @Post('disk')
  disk(@Body() _book: unknown) {
    throw new TypeError('cannot read the shelf', { cause: new Error('disk full', { cause: new Error('no quota') }) })
  }

  @Post('upstream')
  upstream(@Body() _book: unknown) {
    const config = { headers: { Authorization: secretOf('upstream') }, data: secretOf('body') }
    throw new BadGateway({ cause: Object.assign(new Error('printer offline'), { config }) })
  }
}

/** Sends the requests. Their header fields, query and body contain secrets, which must not be reported. */
export async function visit(filter: FailureFilter, logger?: LoggerService): Promise<ReceivedResponse[]> {
  const responses: ReceivedResponse[] = []
  for (const { start } of platforms) {
    const { origin } = await start({
      controllers: [Books],
      configure(app) {
        if (logger !== undefined) app.useLogger(logger)
        app.useGlobalFilters(filter)
      },
    })
    for (const path of ['/books/unknown', '/nowhere']) responses.push(await request(origin + path + query))
    for (const path of ['/books/disk', '/books/upstream']) {
      responses.push(await request(origin + path + query, { method: 'POST', headers, body }))
    }
    await closeServers()
  }
  return responses
}

/** Concatenated, so that the source lines that Sentry sends do not contain it. */
function secretOf(place: string): string {
  return `${place}-secret`
}

const query = `?key=${secretOf('query')}`
const headers = {
  'Content-Type': 'application/json',
  Authorization: `Bearer ${secretOf('field')}`,
  Cookie: `session=${secretOf('field')}`,
  'X-Shelf': secretOf('field'),
}
const body = JSON.stringify({ title: secretOf('body') })
