/** Loads the sources a second time, like a second installed copy of the package. */
export function loadSecondCopy(): typeof import('../src/index.js') {
  const loaded = { ...require.cache }
  for (const path of Object.keys(require.cache)) if (path.includes('/src/')) delete require.cache[path]
  try {
    return require('../src/index.js')
  } finally {
    Object.assign(require.cache, loaded)
  }
}
