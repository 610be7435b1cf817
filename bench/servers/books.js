// What all servers answer with.

/** 64 bytes of JSON. */
export const BOOK = { isbn: '978-0321563842', title: 'The C++ Programming Language' }

export const DETAIL = 'There is no book 978-0321563842.'

/** The problem document of that failure, for a server that always sends the same. */
export const PROBLEM = JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail: DETAIL })

export const PATH = '/books/978-0321563842'
