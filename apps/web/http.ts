import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import session from '@fastify/session'
import statics from '@fastify/static'
import { UnsupportedMediaTypeException } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PASSPORT, type Passport, PostgresSessionStore } from '#identity'
import {
  admit,
  CONFIG,
  type Config,
  fileLimitsOf,
  isOwnPath,
  LANGUAGE_COOKIE,
  languages,
  PERMISSIONS,
  type Permissions,
  projectRoot,
  SESSION_COOKIE,
  Secrets,
  visitorOf,
} from '#platform'
import { routeKey } from './access.guard.js'
import { readMultipart } from './multipart-body.js'
import { plainBody } from './plain-body.js'

const DAY_S = 24 * 60 * 60
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Where the built style sheets and scripts are, and under which hashed names. */
const assetFolder = join(projectRoot, 'dist/public')

/** The hashed names of the assets; empty before the assets were built. */
export function readAssets(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(assetFolder, 'manifest.json'), 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

/**
 * Registers everything between the socket and the controllers, in the order that matters: static
 * files before sessions (they would cost a query each), sessions before Passport, tokens last.
 */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const config: Config = app.get(CONFIG)
  const passport: Passport = app.get(PASSPORT)
  const secure = config.baseUrl.startsWith('https:')
  const permissions = app.get<Permissions>(PERMISSIONS)
  const fastify = app.getHttpAdapter().getInstance()

  app.enableCsrfProtection({ trustedOrigins: [new URL(config.baseUrl).origin] })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(statics, {
    root: assetFolder,
    prefix: '/public/',
    immutable: true,
    maxAge: '1y',
    index: false,
    preCompressed: true,
  })
  // A phone in a hall reads a page of 50 kB as 8. Tokens in pages are salted anew each time, so that their length
  // in a compressed page gives nothing away.
  await app.register(compress, {
    encodings: ['gzip'],
    threshold: 1024,
    zlibOptions: { level: constants.Z_BEST_SPEED + 2 },
  })
  await app.register(cookie)
  await app.register(session, {
    secret: await app.get(Secrets).sessionSecret(),
    cookieName: SESSION_COOKIE,
    saveUninitialized: false,
    rolling: false,
    store: app.get<PostgresSessionStore>(PostgresSessionStore),
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: config.sessionDays * DAY_S * 1000 },
  })
  await app.register(multipart, { throwFileSizeLimit: false })
  await app.register(passport.initialize())
  await app.register(passport.secureSession())
  await app.register(csrf, {
    sessionPlugin: '@fastify/session',
    getToken: (request) => (request.body as { _csrf?: string } | null)?._csrf,
  })

  fastify.addHook('onRequest', async (request, reply) => {
    const chosen = (request.query as { taal?: unknown } | null)?.taal
    if (request.method !== 'GET' || !languages.some((language) => language === chosen)) return
    reply.setCookie(LANGUAGE_COOKIE, String(chosen), {
      path: '/',
      sameSite: 'lax',
      maxAge: 365 * DAY_S,
      secure,
    })
    const url = new URL(request.url, 'http://localhost')
    url.searchParams.delete('taal')
    const back = url.pathname + url.search
    return reply.redirect(isOwnPath(back) ? back : '/', 303)
  })
  fastify.addHook('preValidation', async (request, reply) => {
    if (SAFE_METHODS.has(request.method)) return
    request.body = plainBody(
      request.isMultipart() ? await formWithFiles(request, reply, permissions) : request.body,
    )
  })
  // A token in each form once someone is signed in; before that the origin check guards the forms,
  // and no session is written for passers-by.
  fastify.addHook('preHandler', (request, reply, done) => {
    if (SAFE_METHODS.has(request.method) || !(request as { user?: unknown }).user) return done()
    fastify.csrfProtection(request, reply, done)
  })
  // Pages are personal: nothing but static files may be kept by a cache.
  fastify.addHook('onSend', async (_request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    return payload
  })
}

/** Reads files only for a route that takes them, from someone who may use it; the guard answers the others. */
async function formWithFiles(
  request: FastifyRequest,
  reply: FastifyReply,
  permissions: Permissions,
): Promise<unknown> {
  const access = permissions.get(routeKey(request))
  const limits = fileLimitsOf(request.routeOptions.config)
  if (access && limits && admit(access, visitorOf(request)) === 'allowed')
    return readMultipart(request, reply, limits)
  request.raw.resume()
  if (access && !limits) throw new UnsupportedMediaTypeException()
  return {}
}
