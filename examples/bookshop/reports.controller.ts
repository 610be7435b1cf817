import { Controller, Get } from '@nestjs/common'

/** The part of the shop that is broken, for everybody to see how little the client sees of it. */
@Controller('reports')
export class ReportsController {
  @Get('sales')
  sales(): never {
    throw new Error('Cannot read the sales from postgres://reports:correct-horse@warehouse.internal/sales', {
      cause: new Error('connect ECONNREFUSED 10.0.0.17:5432'),
    })
  }
}
