const { createRequire, Module } = require('node:module')
const { join } = require('node:path')

// Lets all sources and specs use another Nest: what a directory depends on is taken from there, wherever it is asked
// for. To be called after ts-node has put its own resolution in place.

module.exports = function usePackagesOf(directory) {
  const { dependencies } = require(join(directory, 'package.json'))
  const here = createRequire(join(directory, 'package.json'))
  const resolve = Module._resolveFilename
  Module._resolveFilename = function (request, parent, ...others) {
    const isOfThere = parent?.filename?.startsWith(directory)
    const isListed = Object.keys(dependencies).some((name) => request === name || request.startsWith(`${name}/`))
    return isListed && !isOfThere ? here.resolve(request) : resolve.call(this, request, parent, ...others)
  }
  // For spec/nestjs/nest-version.ts.
  process.env.NEST_VERSION = dependencies['@nestjs/core']
}
