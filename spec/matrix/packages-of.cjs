const { createRequire, Module } = require('node:module')
const { join } = require('node:path')

// Lets all sources and specs use another Nest: the dependencies of a directory are always resolved from there. Call it
// after ts-node has installed its own resolution.

module.exports = function usePackagesOf(directory) {
  const { dependencies } = require(join(directory, 'package.json'))
  const fromDirectory = createRequire(join(directory, 'package.json'))
  const resolve = Module._resolveFilename
  Module._resolveFilename = function (request, parent, ...rest) {
    const isInDirectory = parent?.filename?.startsWith(directory)
    const isListed = Object.keys(dependencies).some((name) => request === name || request.startsWith(`${name}/`))
    return isListed && !isInDirectory ? fromDirectory.resolve(request) : resolve.call(this, request, parent, ...rest)
  }
  // For spec/nestjs/nest-version.ts.
  process.env.NEST_VERSION = dependencies['@nestjs/core']
}
