export interface TestServices {
  databaseUrl: string
  redisUrl: string
  chromium: string
  /** The same three as SAMEN_TEST_DATABASE_URL, SAMEN_TEST_REDIS_URL and SAMEN_CHROMIUM. */
  env: Record<string, string>
  stop(): Promise<void>
}

export function startTestServices(options?: {
  durable?: boolean
  signal?: AbortSignal
}): Promise<TestServices>
