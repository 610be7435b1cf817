/**
 * Loads `find-my-way`, which is optional. Bundlers include it if it is installed; if not, they only accept the import directly
 * in a `try`. `router-package.commonjs.ts` replaces this file in the CommonJS build.
 *
 * @throws the error of the import if it is not installed
 */
export async function routerPackage(): Promise<typeof import('find-my-way')> {
  try {
    return (await import('find-my-way')).default
  } catch (error) {
    throw error as Error
  }
}
