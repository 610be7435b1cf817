import type { Express, Router } from 'express'

export declare const app: Express
export declare const routes: Router
