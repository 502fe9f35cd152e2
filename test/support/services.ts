import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { startTestServices, type TestServices } from '../../scripts/lib/test-services.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    services: { databaseUrl: string; redisUrl: string; chromium: string; run: string }
  }
}

const run = randomBytes(4).toString('hex')
let running: Promise<TestServices> | null = null
let users = 0

/**
 * Starts PostgreSQL and Redis once for all suites. Imports nothing of the product: outside the
 * suites vitest would resolve `#platform` to the built code.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  users++
  running ??= startTestServices()
  const { databaseUrl, redisUrl, chromium, stop } = await running
  project.provide('services', { databaseUrl, redisUrl, chromium, run })
  return async () => {
    if (--users === 0) await stop()
  }
}
