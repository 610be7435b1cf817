// Compiles a single spec by swc, without a type check, so that it starts at once.
process.env.TS_NODE_PROJECT = `${__dirname}/tsconfig.one.json`
