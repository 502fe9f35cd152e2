import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { type Language, languages } from '../text/messages.js'

export const LANGUAGE_COOKIE = 'taal'

/** The language of a request: the visitor's choice, kept in a cookie; Dutch unless chosen otherwise. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = (request as { cookies?: Record<string, string | undefined> }).cookies?.[LANGUAGE_COOKIE]
  return languages.find((language) => language === chosen) ?? 'nl'
}

/** Injects the language of the request into a controller method. */
export const Lang = createParamDecorator((_: unknown, context: ExecutionContext) =>
  languageOf(context.switchToHttp().getRequest<FastifyRequest>()),
)
