import { once } from 'node:events'
import type { INestApplication, WebSocketAdapter } from '@nestjs/common'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { WsAdapter } from '@nestjs/platform-ws'
import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import { closeServers } from './platforms.js'
import { LONGEST_WAIT } from './request.js'

// The usual clients of gateways: socket.io-client and ws.

/** The common interface of both clients. */
export interface Client {
  send(event: string, data?: unknown): void
  /** Resolves with the data of the next event of this name. */
  next(event: string): Promise<unknown>
  /** The names of all events received so far. */
  readonly events: string[]
  close(): void
  readonly closed: Promise<unknown>
}

export interface Library {
  readonly name: string
  adapter(app: INestApplication): WebSocketAdapter
  connect(origin: string): Promise<Client>
  /** The path of the handshake, if the socket contains its request. */
  readonly path: string | undefined
}

export const libraries: readonly Library[] = [
  { name: 'socket.io', adapter: (app) => new IoAdapter(app), connect: connectSocketIo, path: '/socket.io/' },
  { name: 'ws', adapter: (app) => new WsAdapter(app), connect: connectWs, path: undefined },
]

const closers: (() => unknown)[] = []

export async function socketIo(origin: string): Promise<Socket> {
  const socket = io(origin, { transports: ['websocket'], reconnection: false, forceNew: true })
  closers.push(() => socket.close())
  await new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(undefined))
    socket.on('connect_error', reject)
  })
  return socket
}

async function connectSocketIo(origin: string): Promise<Client> {
  const socket = await socketIo(origin)
  const events: string[] = []
  socket.onAny((event) => events.push(event))
  return {
    events,
    send: (event, data) => socket.emit(event, data),
    next: (event) => within(new Promise((resolve) => socket.once(event, resolve))),
    close: () => socket.close(),
    closed: new Promise((resolve) => socket.once('disconnect', resolve)),
  }
}

async function connectWs(origin: string): Promise<Client> {
  const socket = new WebSocket(origin.replace('http', 'ws'))
  closers.push(() => socket.terminate())
  await once(socket, 'open')
  const events: string[] = []
  const listeners = new Map<string, (data: unknown) => void>()
  socket.on('message', (frame) => {
    const { event, data, ...others } = JSON.parse(String(frame))
    expect(others).to.deep.equal({})
    events.push(event)
    listeners.get(event)?.(data)
  })
  return {
    events,
    send: (event, data) => socket.send(JSON.stringify({ event, data })),
    next: (event) => within(new Promise((resolve) => listeners.set(event, resolve))),
    close: () => socket.close(),
    closed: once(socket, 'close'),
  }
}

/** Rejects when the promise does not settle in time. */
export async function within<Value>(promise: Promise<Value>, milliseconds = LONGEST_WAIT): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Timed out after ${milliseconds} ms`)), milliseconds)
  })
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer))
}

/** Closes all clients and applications started since the last call. Call it in `afterEach()`. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) close()
  await closeServers()
}
