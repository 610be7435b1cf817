import { expect } from 'chai'
import { Project } from './project.js'
import { ESBUILD, FASTIFY_11, NEST_11, WEBPACK } from './versions.js'

// A CommonJS application of Nest, bundled. Nest itself is not, since it requires further optional packages.

const BUNDLE = `
  const { buildSync } = require('esbuild')
  const webpack = require('webpack')

  const external = Object.keys(require('./package.json').dependencies).filter((name) => name !== 'http-failure')
  const byEsbuild = buildSync({ entryPoints: ['main.js'], bundle: true, platform: 'node', external, outfile: 'esbuild.js' })

  const options = {
    mode: 'production',
    target: 'node',
    entry: './main.js',
    output: { path: __dirname, filename: 'webpack.js' },
    externals: Object.fromEntries(external.map((name) => [name, 'commonjs ' + name])),
  }
  webpack(options, (error, stats) => {
    if (error) throw error
    const { errors, warnings } = stats.toJson({ errors: true, warnings: true })
    console.log(JSON.stringify([...byEsbuild.warnings, ...errors, ...warnings]))
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

const bundlers = ['esbuild', 'webpack']

describe('A bundled Nest application', () => {
  it('is built without warnings if find-my-way is not installed', () => {
    const project = new Project('nest-bundle', {
      type: 'commonjs',
      dependencies: { ...NEST_11, ...ESBUILD, ...WEBPACK },
      files: {
        'main.js': `${APPLICATION}\nconsole.log(JSON.stringify(typeof FailureModule.forRoot))`,
        'bundle.cjs': BUNDLE,
      },
    })
    expect(project.installed()).not.to.include('find-my-way')
    expect(JSON.parse(project.node('bundle.cjs'))).to.deep.equal([])
    for (const bundler of bundlers) expect(JSON.parse(project.node(`${bundler}.js`)), bundler).to.equal('function')
  })

  it('sends 405 with Allow on Fastify if find-my-way is installed', () => {
    const project = new Project('nest-fastify-bundle', {
      type: 'commonjs',
      dependencies: { ...NEST_11, ...FASTIFY_11, ...ESBUILD, ...WEBPACK },
      files: { 'main.js': `${APPLICATION}\n${REQUEST}`, 'bundle.cjs': BUNDLE },
    })
    expect(JSON.parse(project.node('bundle.cjs'))).to.deep.equal([])
    for (const file of ['main', ...bundlers]) {
      expect(JSON.parse(project.node(`${file}.js`)), file).to.deep.equal([405, 'GET, HEAD'])
    }
  })
})
