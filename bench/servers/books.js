// The content that all servers send.

/** 64 bytes of JSON. */
export const BOOK = { isbn: '978-0321563842', title: 'The C++ Programming Language' }

export const DETAIL = 'There is no book 978-0321563842.'

/** The problem details of that failure, for servers that send a constant response. */
export const PROBLEM = JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail: DETAIL })

export const PATH = '/books/978-0321563842'
