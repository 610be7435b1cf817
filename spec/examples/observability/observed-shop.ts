import { Body, Controller, Get, type LoggerService, Post } from '@nestjs/common'
import { BadGateway, NotFound } from '../../../src/index.js'
import type { FailureFilter } from '../../../src/nestjs/index.js'
import { closeServers, platforms } from '../../nestjs/platforms.js'
import { type ReceivedResponse, request } from '../../nestjs/request.js'

// What the examples watch over: the same few requests, on every platform that Nest runs on.

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
    throw new BadGateway({ cause: Object.assign(new Error('the printer says no'), { config }) })
  }
}

/** Sends the requests; what their header fields, their query and their body hold is nobody's business. */
export async function visit(filter: FailureFilter, logger?: LoggerService): Promise<ReceivedResponse[]> {
  const answers: ReceivedResponse[] = []
  for (const { start } of platforms) {
    const { origin } = await start({
      controllers: [Books],
      configure(app) {
        if (logger !== undefined) app.useLogger(logger)
        app.useGlobalFilters(filter)
      },
    })
    for (const path of ['/books/unknown', '/nowhere']) answers.push(await request(origin + path + query))
    for (const path of ['/books/disk', '/books/upstream']) {
      answers.push(await request(origin + path + query, { method: 'POST', headers, body }))
    }
    await closeServers()
  }
  return answers
}

/** Put together, since Sentry sends the lines of the source as well. */
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
