import { defineConfig } from 'vitest/config'

/** Without this condition vitest would resolve `#members` to the built code in dist. */
const fromSource = { ssr: { resolve: { conditions: ['samen-src'], mainFields: [] } } }

/** Needs no database, browser or mail; whatever is not named here does. So every suite is in one of the two. */
const PURE = [
  'libs/{kernel,platform}/**/!(*.store).spec.ts',
  'libs/*/rules/**/!(*.store).spec.ts',
  'test/contracts/compute.spec.ts',
]

export default defineConfig({
  test: {
    // Two at a time, also on two cores: a worker often waits for a browser, a database or a mail. What needs a
    // database shares its modules with the next file: each has an application and a database of its own anyway.
    maxWorkers: 2,
    projects: [
      {
        ...fromSource,
        test: {
          name: 'rules',
          setupFiles: ['test/support/properties.ts'],
          // Pure functions share nothing, so the files need no process of their own.
          pool: 'threads',
          isolate: false,
          include: PURE,
        },
      },
      {
        ...fromSource,
        test: {
          // One project for all that needs real parts, so that each worker reads the application once.
          name: 'real',
          isolate: false,
          include: ['libs/**/*.spec.ts', 'test/**/*.spec.ts'],
          exclude: PURE,
          globalSetup: ['test/support/services.ts'],
          setupFiles: ['test/support/reflect.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
