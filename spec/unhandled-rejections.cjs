// Mocha 12 listens for rejections that nobody handles, and says nothing of them. They would end a process of anybody
// else, so the spec that is running fails, as with an error that nobody catches.

process.on('unhandledRejection', (reason) => {
  throw reason
})
