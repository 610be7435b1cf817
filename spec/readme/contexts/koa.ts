import type Router from '@koa/router'
import type Koa from 'koa'

export declare const app: Koa
export declare const router: Router
