/** The packages to install, in exact versions, so that runs are reproducible. */
export const NEST_11 = {
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
} as const

export const FASTIFY_11 = { '@nestjs/platform-fastify': '11.2.8' } as const

export const NEST_12 = { ...NEST_11, '@nestjs/common': '12.5.1', '@nestjs/core': '12.5.1' } as const

export const TYPES_OF_NODE = { '@types/node': '20.19.43' } as const

export const TYPESCRIPTS = ['5.4.5', '5.9.3', '6.0.3', '7.0.2'] as const

export const ESBUILD = { esbuild: '0.28.2' } as const

export const WEBPACK = { webpack: '5.113.0' } as const

/** A version that `@nestjs/cli` 11 contains. */
export const WEBPACK_OF_NEST = { webpack: '5.100.2' } as const

export const ROLLUP = { rollup: '4.68.7', '@rollup/plugin-node-resolve': '16.0.3' } as const

export const JEST = { jest: '30.5.2', 'ts-jest': '29.4.15', '@types/jest': '30.0.0', typescript: '5.9.3' } as const

export const VITEST = { vitest: '4.1.12', vite: '7.3.8' } as const
