/** A type of the same name as the Fetch one, as Express has it. */
export interface Response {
  status(code: number): this
  json(body: unknown): this
}
