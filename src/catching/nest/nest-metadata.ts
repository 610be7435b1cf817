// The keys of Nest's metadata, which has them in `@nestjs/common/constants`. Nest is not imported.

/** `@Controller()` */
export const CONTROLLER = '__controller__'

/** `@Body()`, `@Param()` and the other parameter decorators */
export const ROUTE_ARGUMENTS = '__routeArguments__'

/** `@UseFilters()`. Nest tries the last filter first. */
export const EXCEPTION_FILTERS = '__exceptionFilters__'

/** `@Catch()`. Nest reads it from the class, since version 12 from its prototype. */
export const CATCH_EXCEPTIONS = '__filterCatchExceptions__'
