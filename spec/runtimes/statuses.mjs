import { HttpStatus } from 'http-failure'
import { check, same } from './check.mjs'

check('HttpStatus: maps names to codes and codes to names', () => {
  same([HttpStatus.NOT_FOUND, HttpStatus[404], HttpStatus[299]], [404, 'NOT_FOUND', null])
})

check('HttpStatus: of() returns the name, phrase and reference of a code', () => {
  const { code, name, phrase, reference } = HttpStatus.of(404)
  same([code, name, phrase, reference], [404, 'NOT_FOUND', 'Not Found', 'RFC 9110, 15.5.5'])
  same(HttpStatus.of(499) === undefined && HttpStatus.phrase(499) === undefined, true)
})

check('HttpStatus: iterates in the order of the codes, each code once', () => {
  const codes = [...HttpStatus].map(({ code }) => code)
  same(
    codes,
    [...new Set(codes)].sort((a, b) => a - b),
  )
  same(codes.length, Object.keys(HttpStatus).length)
})

check('HttpStatus: former names are defined, but not enumerable', () => {
  same([HttpStatus.PAYLOAD_TOO_LARGE, Object.keys(HttpStatus).includes('PAYLOAD_TOO_LARGE')], [413, false])
})

check('HttpStatus: determines the class of registered and unregistered codes', () => {
  same([HttpStatus.isClientError(499), HttpStatus.isServerError(499), HttpStatus.isSuccess(204)], [true, false, true])
})
