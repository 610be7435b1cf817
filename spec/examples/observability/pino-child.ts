import { filter, nestLogger } from '../../../examples/observability/pino.js'
import { FailureFilter } from '../../../src/nestjs/index.js'
import { visit } from './observed-shop.js'

void visit(process.argv[2] === 'nest' ? new FailureFilter() : filter, nestLogger)
