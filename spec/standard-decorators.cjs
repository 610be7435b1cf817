// Compiles the specs with standard decorators instead of legacy ones.
process.env.TS_NODE_PROJECT = `${__dirname}/tsconfig.standard.json`
