import { randomBytes } from 'node:crypto'
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Injectable,
  Logger,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RuleViolated } from '#kernel'
import { languageOf, Messages, page, SignInAgain, sqlState, visitorOf } from '#platform'
import { PageRenderer } from './page-renderer.js'

const SHOWN = new Set([400, 403, 404, 413, 415, 429])
/** The database is away: the page of 500, and for machines the word that it passes. */
const AWAY = 503
const DATABASE_AWAY = new Set(['57P01', '57P03', '08006', '08001', '08003', 'ECONNREFUSED', 'ECONNRESET'])

/** The one place where an error becomes a page: rules in words, the rest as what to do now. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Error')

  constructor(
    @Inject(PageRenderer) private readonly renderer: PageRenderer,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    if (reply.sent) return
    const status = statusOf(error)
    if (error instanceof RuleViolated) this.showViolations(error, request, reply)
    else if (status === 401) this.signInFirst(request, reply, error instanceof SignInAgain)
    else this.showError(status, error, request, reply)
  }

  private showViolations(error: RuleViolated, request: FastifyRequest, reply: FastifyReply): void {
    const lang = languageOf(request)
    const reasons = error.violations.map((violation) => this.messages.violation(lang, violation))
    const title = this.messages.text(lang, 'web.violation.heading')
    const back = backPath(request)
    this.send(409, page('apps/web/views/errors/violation.hbs', { title, reasons, back }), request, reply)
  }

  /** A page is shown after signing in; a form can't be sent again by itself, so it says so. */
  private signInFirst(request: FastifyRequest, reply: FastifyReply, again: boolean): void {
    const goingTo = request.method === 'GET' ? request.url : (backPath(request) ?? '/mijn')
    const signIn = again ? '/inloggen/opnieuw' : '/inloggen'
    void reply
      .status(303)
      .header('location', `${signIn}?naar=${encodeURIComponent(goingTo)}`)
      .send('')
  }

  private showError(status: number, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const shown = SHOWN.has(status) ? status : status < 500 ? 400 : 500
    const reference = shown === 500 ? randomBytes(4).toString('hex') : null
    if (reference)
      this.logger.error(`${reference} ${request.method} ${request.url}: ${(error as Error)?.stack ?? error}`)
    const title = this.messages.text(languageOf(request), `web.error.${shown}.heading`)
    const model = { title, code: shown, reference }
    const answer = status === AWAY ? AWAY : shown
    this.send(answer, page(`apps/web/views/errors/${shown}.hbs`, model), request, reply)
  }

  private send(
    status: number,
    shown: ReturnType<typeof page>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    void reply.status(status).type('text/html; charset=utf-8')
    try {
      void reply.send(this.renderer.render(shown, request, reply))
    } catch (error) {
      this.logger.error(`${request.url}: the error page failed: ${(error as Error).message}`)
      void reply.type('text/plain; charset=utf-8').send(this.messages.text('nl', 'web.error.500.heading'))
    }
  }
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus()
  const status = (error as { statusCode?: unknown })?.statusCode
  if (typeof status === 'number') return status
  return isAway(error) ? AWAY : 500
}

/** The page the visitor came from, when it is one of ours. */
function backPath(request: FastifyRequest): string | null {
  const referer = request.headers.referer
  if (!referer || !visitorOf(request)) return null
  try {
    const url = new URL(referer)
    return url.host === request.host ? url.pathname + url.search : null
  } catch {
    return null
  }
}

/** `pg` gives a connection that broke no code. */
function isAway(error: unknown): boolean {
  return DATABASE_AWAY.has(sqlState(error) ?? '') || /^Connection terminated/.test((error as Error)?.message)
}
