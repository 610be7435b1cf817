export { FailureFilter } from './failure.filter.js'
