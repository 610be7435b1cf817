/** A type with the name of the Fetch type, like the one in Express. */
export interface Response {
  status(code: number): this
  json(body: unknown): this
}
