import { copyFileSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Project, run, workshop } from './project.js'
import { ESBUILD, FASTIFY_11, NEST_11, WEBPACK, WEBPACK_OF_NEST } from './versions.js'

// A CommonJS application of Nest in one file, without the optional packages of Nest.

const BUNDLE = `
  const { buildSync } = require('esbuild')
  const webpack = require('webpack')

  const external = [
    ...['@nestjs/microservices', '@nestjs/websockets', 'class-validator', 'class-transformer'],
    ...['@fastify/static', '@fastify/view', '@nestjs/platform-express'],
  ]
  const byEsbuild = buildSync({ entryPoints: ['main.js'], bundle: true, platform: 'node', external, outfile: 'esbuild.js' })

  const isExternal = (request) => external.some((name) => request === name || request.startsWith(name + '/'))
  const options = {
    mode: 'production',
    target: 'node',
    entry: './main.js',
    output: { path: __dirname, filename: 'webpack.js' },
    externals: [({ request }, callback) => (isExternal(request) ? callback(null, 'commonjs ' + request) : callback())],
  }
  webpack(options, (error, stats) => {
    if (error) throw error
    const { errors, warnings } = stats.toJson({ errors: true, warnings: true })
    const messages = [...errors, ...warnings].filter(({ moduleName, message }) => /node_modules\\/http-failure\\//.test(moduleName + message))
    console.log(JSON.stringify([byEsbuild.warnings, messages.map(({ message }) => message.split('\\n')[0])]))
  })`

const APPLICATION = `
  require('reflect-metadata')
  const { Controller, Get, Module } = require('@nestjs/common')
  const { NestFactory } = require('@nestjs/core')
  const { FailureModule } = require('http-failure/nestjs')

  class Books {
    list() {
      return []
    }
  }
  Controller('books')(Books)
  Get()(Books.prototype, 'list', Object.getOwnPropertyDescriptor(Books.prototype, 'list'))

  class Bookshop {}
  Module({ controllers: [Books], imports: [FailureModule.forRoot({ methodNotAllowed: true })] })(Bookshop)`

const REQUEST = `
  const { FastifyAdapter } = require('@nestjs/platform-fastify')

  async function main() {
    const bookshop = await NestFactory.create(Bookshop, new FastifyAdapter(), { logger: false })
    await bookshop.listen(0, '127.0.0.1')
    const { status, headers } = await fetch(await bookshop.getUrl() + '/books', { method: 'DELETE' })
    console.log(JSON.stringify([status, headers.get('Allow')]))
    await bookshop.close()
  }
  main()`

/** Runs a file in an empty directory, where no package is installed. */
function runAlone(file: string): unknown {
  const alone = join(mkdtempSync(join(workshop(), 'alone-')), 'bundle.cjs')
  copyFileSync(file, alone)
  return JSON.parse(run(process.execPath, [alone]))
}

for (const webpack of [WEBPACK, WEBPACK_OF_NEST]) {
  describe(`A Nest application, bundled by esbuild and webpack ${webpack.webpack}`, () => {
    it('is built if find-my-way is not installed', () => {
      const project = new Project('nest-bundle', {
        type: 'commonjs',
        dependencies: { ...NEST_11, ...ESBUILD, ...webpack },
        files: {
          'main.js': `${APPLICATION}\nconsole.log(JSON.stringify(typeof FailureModule.forRoot))`,
          'bundle.cjs': BUNDLE,
        },
      })
      expect(project.installed()).not.to.include('find-my-way')
      const [ofEsbuild, ofWebpack] = JSON.parse(project.node('bundle.cjs'))
      expect(ofEsbuild).to.deep.equal([])
      // A warning of webpack about the optional package, which is no error.
      expect(ofWebpack).to.have.length(1)
      expect(ofWebpack[0]).to.match(/^Module not found: Error: Can't resolve 'find-my-way' in .*http-failure/)
      for (const bundler of ['esbuild', 'webpack']) {
        expect(runAlone(project.path(`${bundler}.js`)), bundler).to.equal('function')
      }
    })

    it('sends 405 with Allow on Fastify from one file if find-my-way is installed at build time', () => {
      const project = new Project('nest-fastify-bundle', {
        type: 'commonjs',
        dependencies: { ...NEST_11, ...FASTIFY_11, ...ESBUILD, ...webpack },
        files: { 'main.js': `${APPLICATION}\n${REQUEST}`, 'bundle.cjs': BUNDLE },
      })
      expect(JSON.parse(project.node('bundle.cjs'))).to.deep.equal([[], []])
      for (const bundler of ['esbuild', 'webpack']) {
        expect(runAlone(project.path(`${bundler}.js`)), bundler).to.deep.equal([405, 'GET, HEAD'])
      }
    })
  })
}
