// A code belongs to a class by its first digit, registered or not. RFC 9110, 15

export function isInformational(code: number): boolean {
  return isOfClass(1, code)
}

export function isSuccess(code: number): boolean {
  return isOfClass(2, code)
}

export function isRedirection(code: number): boolean {
  return isOfClass(3, code)
}

export function isClientError(code: number): boolean {
  return isOfClass(4, code)
}

export function isServerError(code: number): boolean {
  return isOfClass(5, code)
}

function isOfClass(firstDigit: number, code: number): boolean {
  return Number.isInteger(code) && Math.floor(code / 100) === firstDigit
}
