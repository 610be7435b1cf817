import { Controller, Get } from '@nestjs/common'

/** A route with a bug, to show that the client receives no details of it. */
@Controller('reports')
export class ReportsController {
  @Get('sales')
  sales(): never {
    throw new Error('Cannot read the sales from postgres://reports:correct-horse@warehouse.internal/sales', {
      cause: new Error('connect ECONNREFUSED 10.0.0.17:5432'),
    })
  }
}
