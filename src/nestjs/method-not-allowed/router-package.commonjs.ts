/** The same as `router-package.ts`, for the CommonJS build: bundlers accept a missing package only for a call of `require()`. */
export async function routerPackage(): Promise<typeof import('find-my-way')> {
  try {
    return require('find-my-way')
  } catch (error) {
    throw error as Error
  }
}
