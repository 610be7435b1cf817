import { Body, Controller, Get, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common'
import { CatchingFailure, HttpStatus } from '../../src/index.js'
import { JsonGuard } from './json.guard.js'
import { NewOrder, type Order } from './order.js'
import { OrdersRepository } from './orders.repository.js'
import { receiptFor } from './receipt.js'

/**
 * Orders. Where there is more to say than JSON, a method returns a Fetch `Response`. The decorator lets it answer its
 * failures in the same way: Nest gets them as the filter would answer them, and any other caller as a `Response`.
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
