import { z } from 'zod'

/** Reads "1/0", "true/false", "ja/nee"; anything else is a wrong setting. */
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')

const port = z.coerce.number().int().min(0).max(65_535)

const url = (protocols: readonly string[]) =>
  z.string().refine(
    (value) => {
      try {
        return protocols.includes(new URL(value).protocol)
      } catch {
        return false
      }
    },
    { message: `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}` },
  )

/**
 * Every setting of Samen. The README's table is checked against this list, so a setting that is
 * not documented there fails the tests.
 */
const settingsSchema = z.object({
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(20),
  PORT: port.default(3000),
  HOST: z.string().min(1).optional(),
  BASE_URL: url(['http:', 'https:']).optional(),
  TRUST_PROXY: flag.default(false),
  SESSION_SECRET: z.string().min(32, { message: 'must be at least 32 characters' }).optional(),
  SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  SAMEN_DEMO: flag.default(false),
  SAMEN_WORKER: z.enum(['inline', 'separate']).default('inline'),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  MAIL_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z.string().min(3).default('Samen <samen@example.org>'),
  COOPERATIVE_NAME: z.string().min(1).default('SAMEN030'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
})

export interface Config {
  readonly databaseUrl: string
  readonly databasePool: number
  readonly port: number
  readonly host: string
  readonly baseUrl: string
  readonly trustProxy: boolean
  readonly sessionSecret: string | null
  readonly sessionDays: number
  readonly demo: boolean
  readonly worker: 'inline' | 'separate'
  readonly redisUrl: string | null
  readonly mailUrl: string | null
  readonly mailFrom: string
  readonly cooperativeName: string
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

export const CONFIG = Symbol('config')

/** A setting is missing or wrong. The message is one line that names every wrong setting. */
export class WrongSetting extends Error {}

/** The names of all settings, for the README's table. */
export const settingNames: readonly string[] = Object.keys(settingsSchema.shape)

/**
 * Parses the environment once, at boot. An empty value counts as absent.
 * @throws WrongSetting with one line that names each wrong setting and what it should be.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    settingNames.flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]])),
  )
  const parsed = settingsSchema.safeParse(given)
  if (!parsed.success) throw new WrongSetting(describe(parsed.error))
  const s = parsed.data
  if (!s.SAMEN_DEMO && !s.MAIL_URL) {
    throw new WrongSetting(
      'Setting MAIL_URL is missing: without it no notice can be sent (or set SAMEN_DEMO=1).',
    )
  }
  const host = s.HOST ?? (s.SAMEN_DEMO ? '127.0.0.1' : '0.0.0.0')
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return {
    databaseUrl: s.DATABASE_URL,
    databasePool: s.DATABASE_POOL,
    port: s.PORT,
    host,
    baseUrl: (s.BASE_URL ?? `http://${shownHost}:${s.PORT}`).replace(/\/+$/, ''),
    trustProxy: s.TRUST_PROXY,
    sessionSecret: s.SESSION_SECRET ?? null,
    sessionDays: s.SESSION_DAYS,
    demo: s.SAMEN_DEMO,
    worker: s.SAMEN_WORKER,
    redisUrl: s.REDIS_URL ?? null,
    mailUrl: s.MAIL_URL ?? null,
    mailFrom: s.MAIL_FROM,
    cooperativeName: s.COOPERATIVE_NAME,
    logLevel: s.LOG_LEVEL,
  }
}

function describe(error: z.ZodError): string {
  const wrong = error.issues.map((issue) => {
    const name = String(issue.path[0])
    return issue.code === 'invalid_type' && issue.message.includes('undefined')
      ? `${name} is missing`
      : `${name}: ${issue.message}`
  })
  return `Wrong setting. ${wrong.join('; ')}. See the table of settings in README.md.`
}
