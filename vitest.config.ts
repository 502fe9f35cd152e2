import { defineConfig } from 'vitest/config'

/** Without this condition vitest would resolve `#members` to the built code in dist. */
const fromSource = { ssr: { resolve: { conditions: ['samen-src'], mainFields: [] } } }

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
          include: [
            'libs/kernel/**/*.spec.ts',
            'libs/*/rules/**/*.spec.ts',
            'libs/platform/**/*.spec.ts',
            'test/contracts/compute.spec.ts',
          ],
          exclude: ['**/*.store.spec.ts'],
        },
      },
      {
        ...fromSource,
        test: {
          name: 'store',
          isolate: false,
          include: ['test/store/**/*.spec.ts', 'libs/**/*.store.spec.ts', 'libs/*/!(rules)/**/*.spec.ts'],
          exclude: ['libs/kernel/**', 'libs/platform/text/**'],
          globalSetup: ['test/support/services.ts'],
          setupFiles: ['test/support/reflect.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: 'contracts',
          isolate: false,
          include: ['test/contracts/**/*.spec.ts'],
          exclude: ['test/contracts/compute.spec.ts'],
          globalSetup: ['test/support/services.ts'],
          setupFiles: ['test/support/reflect.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: 'journeys',
          isolate: false,
          include: ['test/journeys/**/*.spec.ts', 'test/design/**/*.spec.ts'],
          globalSetup: ['test/support/services.ts'],
          setupFiles: ['test/support/reflect.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
