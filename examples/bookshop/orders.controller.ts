import { Body, Controller, Get, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common'
import { CatchingFailure, HttpStatus } from '../../src/index.js'
import { JsonGuard } from './json.guard.js'
import { NewOrder, type Order } from './order.js'
import { OrdersRepository } from './orders.repository.js'
import { receiptFor } from './receipt.js'

/**
 * Orders. A method that sets a status, header fields or a content type other than JSON returns a Fetch `Response`. With
 * `@CatchingFailure()`, it returns its failures in the same way: Nest sends the same response as the filter would, and
 * direct callers, such as tests, receive a `Response`.
 */
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersRepository) {}

  @Post()
  @UseGuards(JsonGuard)
  @CatchingFailure()
  async place(@Body() order: NewOrder): Promise<globalThis.Response> {
    const placed = await this.orders.place(order)
    return Response.json(placed, { status: HttpStatus.CREATED, headers: { Location: `/orders/${placed.id}` } })
  }

  @Get(':id')
  show(@Param('id', ParseUUIDPipe) id: string): Promise<Order> {
    return this.orders.get(id)
  }

  @Get(':id/receipt')
  @CatchingFailure()
  async receipt(@Param('id', ParseUUIDPipe) id: string): Promise<globalThis.Response> {
    const order = await this.orders.get(id)
    return new Response(receiptFor(order), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  }
}
