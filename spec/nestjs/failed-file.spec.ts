import { createReadStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { Controller, Get, StreamableFile } from '@nestjs/common'
import { expect } from 'chai'
import { Gone } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import { cutOff } from './request.js'

@Controller('files')
class Files {
  @Get('missing')
  missing() {
    return new StreamableFile(createReadStream('/no/such/file'), { disposition: 'attachment', length: 7 })
  }

  @Get('gone')
  gone() {
    const stream = new Readable({ read: () => stream.destroy(new Gone('The file is gone.')) })
    return new StreamableFile(stream)
  }

  @Get('own')
  own() {
    const stream = new Readable({ read: () => stream.destroy(new Gone('The file is gone.')) })
    return new StreamableFile(stream).setErrorHandler((_error, response) => response.send('by the application'))
  }

  @Get('closed')
  closed() {
    const stream = new PassThrough()
    setTimeout(() => stream.destroy(), 5)
    return new StreamableFile(stream)
  }

  @Get('closed-half-way')
  closedHalfWay() {
    const stream = new PassThrough()
    stream.write('half of')
    setTimeout(() => stream.destroy(), 20)
    return new StreamableFile(stream)
  }

  @Get('whole')
  whole() {
    return new StreamableFile(Buffer.from('a book'))
  }
}

for (const platform of platforms) {
  describe(`A StreamableFile with FailureModule on ${platform.name}`, () => {
    const causes: unknown[] = []
    let get: Awaited<ReturnType<typeof platform.start>>['get']

    before(async () => {
      const onFailure = (failure: Error) => causes.push(failure.cause)
      get = (await platform.start({ controllers: [Files], imports: [FailureModule.forRoot({ onFailure })] })).get
    })

    after(closeServers)

    it('sends 500 without its path when the file does not exist', async () => {
      causes.length = 0
      const response = await get('/files/missing')
      expect(response.status).to.equal(500)
      expect(response.field('content-type')).to.equal('application/problem+json')
      expect(response.names()).not.to.include('content-disposition')
      expect(response.json()).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
      expect(causes.map(String)).to.deep.equal(["Error: ENOENT: no such file or directory, open '/no/such/file'"])
    })

    it('sends the failure that its stream was destroyed with', async () => {
      expect((await get('/files/gone')).json()).to.include({ status: 410, detail: 'The file is gone.' })
    })

    it('sends 500 when its stream is closed before its end, or breaks off', async () => {
      expect((await get('/files/closed')).status).to.equal(500)
      expect((await cutOff(get('/files/closed-half-way'))).body).to.equal('half of')
    })

    it('sends its content when it can be read', async () => {
      expect((await get('/files/whole')).body).to.equal('a book')
    })

    if (platform.name === 'Express') {
      it('keeps a custom error handler', async () => {
        expect((await get('/files/own')).body).to.equal('by the application')
      })
    }
  })
}
