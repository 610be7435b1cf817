// Mocha 12 swallows unhandled rejections, which would end any other process. Rethrow them, so that the running test fails
// as it does for an uncaught exception.

process.on('unhandledRejection', (reason) => {
  throw reason
})
