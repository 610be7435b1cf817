import type { AddressInfo, Server as TcpServer } from 'node:net'
import type { INestMicroservice, LoggerService, ModuleMetadata } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices'
import { expect } from 'chai'
import { firstValueFrom, timeout } from 'rxjs'
import { NEST } from './nest-version.js'
import { LONGEST_WAIT } from './request.js'

// Starts real Nest microservices over TCP, and connects clients.

/** Any free port. Nest 10 replaces the number 0 with its default port. */
export const ANY_PORT = (NEST < 11 ? '0' : 0) as number

const closers: (() => unknown)[] = []

/** Starts a microservice and returns a client of it. */
export async function connect(
  metadata: ModuleMetadata,
  logger: LoggerService | false = false,
  configure?: (service: INestMicroservice) => unknown,
): Promise<ClientProxy> {
  class Root {}
  Module(metadata)(Root)
  const service = await NestFactory.createMicroservice(Root, {
    transport: Transport.TCP,
    options: { port: ANY_PORT, host: '127.0.0.1' },
    logger,
    abortOnError: false,
  })
  closers.push(() => service.close())
  await configure?.(service)
  await service.listen()
  return clientOf(serverOf(service))
}

/** Returns the listening server, which Nest 10 does not expose. */
export function serverOf(service: INestMicroservice): TcpServer {
  return NEST < 11 ? Reflect.get(Reflect.get(service, 'server'), 'server') : service.unwrap<TcpServer>()
}

export function clientOf(server: TcpServer): ClientProxy {
  const { port } = server.address() as AddressInfo
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { port, host: '127.0.0.1' } })
  closers.unshift(() => client.close())
  return client
}

/** Returns the error that the calling service receives. */
export async function errorOf(client: ClientProxy, pattern: string | object, data: unknown = ''): Promise<unknown> {
  return firstValueFrom(client.send(pattern, data).pipe(timeout(LONGEST_WAIT))).then(
    (value) => expect.fail(`Expected an error, received ${value}`),
    (error) => error,
  )
}

/** Closes all clients and microservices started since the last call. Call it in `afterEach()`. */
export async function closeServices(): Promise<void> {
  for (const close of closers.splice(0)) await close()
}
