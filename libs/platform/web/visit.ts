import { createParamDecorator, type ExecutionContext, UnauthorizedException } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { isSignedInFreshly } from '../access/step-up.js'
import { type Visitor, visitorOf } from '../access/visitor.js'
import type { Language } from '../text/messages.js'
import { languageOf } from './language.js'

/** What a page has to know of the request it answers, besides what was asked. */
export interface Visit {
  visitor: Visitor
  lang: Language
  /** Whether the visitor signed in a moment ago, so that a page can say beforehand that it will be asked. */
  fresh: boolean
}

/** @throws UnauthorizedException for a passer-by, who has a language only: there `@Lang()` serves */
export function visitOf(request: FastifyRequest): Visit {
  const visitor = visitorOf(request)
  if (!visitor) throw new UnauthorizedException()
  return { visitor, lang: languageOf(request), fresh: isSignedInFreshly(request) }
}

/**
 * Injects the {@link Visit} into a controller method that hands more than one part of it on. A route that is open to
 * everyone takes `@Lang()` and `@CurrentVisitor()`.
 */
export const CurrentVisit = createParamDecorator((_: unknown, context: ExecutionContext) =>
  visitOf(context.switchToHttp().getRequest<FastifyRequest>()),
)
