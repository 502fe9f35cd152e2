import { defineConfig } from 'vitest/config'

/** Without this condition vitest would resolve `#members` to the built code in dist. */
const fromSource = { ssr: { resolve: { conditions: ['samen-src'], mainFields: [] } } }

export default defineConfig({
  test: {
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
