import { createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Access, FreshAccess } from './permissions.js'
import type { Role } from './roles.js'

/** Who signed in this many minutes ago or less may do what binds an organisation, such as signing. */
export const FRESH_MINUTES = 10

interface DatedSession {
  session?: { signedInAt?: number }
}

/**
 * For the permission table: the holders of these roles, after a fresh sign-in ("step-up"). A phone that was left
 * signed in on a table signs nothing.
 */
export function freshly(roles: readonly Role[]): FreshAccess {
  return { roles, fresh: true }
}

/** Whether a line of the permission table asks for a fresh sign-in. */
export function asksFreshSignIn(access: Access): access is FreshAccess {
  return typeof access === 'object' && 'fresh' in access
}

/** Writes in the session that its person signed in at this instant; the sign-in calls it, nothing else. */
export function markSignedIn(request: FastifyRequest, at: Date): void {
  const { session } = request as unknown as DatedSession
  if (session) session.signedInAt = at.getTime()
}

/** Whether the person of this request signed in at most {@link FRESH_MINUTES} minutes before `now`. */
export function isSignedInFreshly(request: FastifyRequest, now = new Date()): boolean {
  const { signedInAt } = (request as unknown as DatedSession).session ?? {}
  if (typeof signedInAt !== 'number') return false
  const age = now.getTime() - signedInAt
  return age >= 0 && age <= FRESH_MINUTES * 60_000
}

/** Injects whether the visitor signed in freshly, so that a page can say beforehand that it will be asked. */
export const SignedInFreshly = createParamDecorator((_: unknown, context: ExecutionContext) =>
  isSignedInFreshly(context.switchToHttp().getRequest<FastifyRequest>()),
)

/** The route asks for a fresh sign-in; the visitor is led there and back to the page they came from. */
export class SignInAgain extends HttpException {
  constructor() {
    super('Sign in again', 401)
  }
}
