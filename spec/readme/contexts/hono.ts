import { Hono } from 'hono'

export { Hono }

export declare const app: Hono
export declare const books: Map<string, { readonly title: string }>
