import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { startTestServices } from '../../scripts/lib/test-services.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    services: { databaseUrl: string; redisUrl: string; chromium: string; run: string }
  }
}

/**
 * Starts PostgreSQL and Redis once for all suites. Imports nothing of the product: outside the
 * suites vitest would resolve `#platform` to the built code.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl, redisUrl, chromium, stop } = await startTestServices()
  project.provide('services', { databaseUrl, redisUrl, chromium, run: randomBytes(4).toString('hex') })
  return stop
}
