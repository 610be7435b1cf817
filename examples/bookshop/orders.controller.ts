import { All, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common'
import { CatchingFailure, HttpStatus, MethodNotAllowed } from '../../src/index.js'
import { JsonBody } from './json-body.js'
import { type NewOrder, readNewOrder } from './order.js'
import { OrdersRepository } from './orders.repository.js'

/**
 * Orders. The methods answer with a Fetch `Response` of their own, which says all of the answer: the decorator lets
 * them answer their failures in the same way, also where they are called by somebody else than Nest.
 */
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersRepository) {}

  @Post()
  @CatchingFailure()
  async place(@JsonBody(readNewOrder) order: NewOrder): Promise<globalThis.Response> {
    const placed = await this.orders.place(order)
    return Response.json(placed, { status: HttpStatus.CREATED, headers: { Location: `/orders/${placed.id}` } })
  }

  @Get(':id')
  @CatchingFailure()
  async show(@Param('id', ParseUUIDPipe) id: string): Promise<globalThis.Response> {
    return Response.json(await this.orders.get(id))
  }

  @All()
  @CatchingFailure()
  notAllowed(): globalThis.Response {
    throw new MethodNotAllowed({ allow: ['POST'] })
  }

  @All(':id')
  @CatchingFailure()
  notAllowedOnOrder(): globalThis.Response {
    throw new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
  }
}
