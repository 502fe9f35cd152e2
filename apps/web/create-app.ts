import type { IncomingMessage } from 'node:http'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { type Config, PERMISSIONS, type Permissions } from '#platform'
import { AppModule } from './app.module.js'
import { configureHttp } from './http.js'
import { LONGEST_SEGMENT, readableAddress } from './readable-address.js'

const LEVELS = ['fatal', 'error', 'warn', 'log', 'debug'] as const
const SHOWN: Record<Config['logLevel'], number> = { silent: 0, error: 2, warn: 3, info: 4, debug: 5 }
const BODY_LIMIT = 1_000_000

/**
 * The web application, ready to listen.
 * @throws Error when a route stands in no permission table, or a table names a route that is not there.
 */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    trustProxy: config.trustProxy,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    multipart: false, // registered in http.ts, for the routes that take files
    rewriteUrl: ({ url }: IncomingMessage) => readableAddress(url),
    routerOptions: { maxParamLength: LONGEST_SEGMENT, ignoreTrailingSlash: true },
  })
  const routes = new Set<string>()
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if ((one === 'GET' || one === 'POST') && !url.startsWith('/public/')) routes.add(`${one} ${url}`)
    }
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, {
    logger: LEVELS.slice(0, SHOWN[config.logLevel]) as never,
    abortOnError: false,
  })
  app.enableShutdownHooks([])
  await configureHttp(app)
  await app.init()
  await adapter.getInstance().ready()
  requireSameRoutes(routes, app.get<Permissions>(PERMISSIONS))
  return app
}

function requireSameRoutes(routes: ReadonlySet<string>, permissions: Permissions): void {
  const undeclared = [...routes].filter((route) => !permissions.has(route))
  const missing = [...permissions.keys()].filter((route) => !routes.has(route))
  if (undeclared.length > 0) throw new Error(`No permission declared for ${undeclared.join(', ')}`)
  if (missing.length > 0)
    throw new Error(`Permissions declared for routes that are not there: ${missing.join(', ')}`)
}
