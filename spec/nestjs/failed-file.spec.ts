import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Controller, Get, StreamableFile } from '@nestjs/common'
import { expect } from 'chai'
import { Gone } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'

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

  @Get('whole')
  whole() {
    return new StreamableFile(Buffer.from('a book'))
  }
}

for (const platform of platforms) {
  describe(`A StreamableFile, with FailureModule on ${platform.name}`, () => {
    const causes: unknown[] = []
    let get: Awaited<ReturnType<typeof platform.start>>['get']

    before(async () => {
      const onFailure = (failure: Error) => causes.push(failure.cause)
      get = (await platform.start({ controllers: [Files], imports: [FailureModule.forRoot({ onFailure })] })).get
    })

    after(closeServers)

    it('that is not there is answered as any error, without its path', async () => {
      causes.length = 0
      const answer = await get('/files/missing')
      expect(answer.status).to.equal(500)
      expect(answer.field('content-type')).to.equal('application/problem+json')
      expect(answer.names()).not.to.include('content-disposition')
      expect(answer.json()).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
      expect(causes.map(String)).to.deep.equal(["Error: ENOENT: no such file or directory, open '/no/such/file'"])
    })

    it('that fails with a failure is answered as that', async () => {
      expect((await get('/files/gone')).json()).to.include({ status: 410, detail: 'The file is gone.' })
    })

    it('is sent when it is there', async () => {
      expect((await get('/files/whole')).body).to.equal('a book')
    })

    if (platform.name === 'Express') {
      it('is left to its own handler', async () => {
        expect((await get('/files/own')).body).to.equal('by the application')
      })
    }
  })
}
