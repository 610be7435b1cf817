import { FailureResponder } from '../src/index.js'
import { route } from './route.js'

const responder = new FailureResponder()

export async function handle(request: Request) {
  try {
    return await route(request)
  } catch (error) {
    return responder.toResponse(error, request)
  }
}
