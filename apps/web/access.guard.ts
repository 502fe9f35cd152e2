import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import {
  admit,
  asksFreshSignIn,
  isSignedInFreshly,
  LocalRoles,
  PERMISSIONS,
  type Permissions,
  SignInAgain,
  type Visitor,
  visitorOf,
} from '#platform'

/** Looks each route up in the permission tables. A route that stands in none is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(PERMISSIONS) private readonly permissions: Permissions,
    @Inject(LocalRoles) private readonly localRoles: LocalRoles,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const access = this.permissions.get(routeKey(request))
    if (!access) throw new ForbiddenException()
    const verdict = admit(access, await this.visitorHere(request))
    if (verdict === 'signInFirst') throw new UnauthorizedException()
    if (verdict === 'denied') throw new ForbiddenException()
    if (asksFreshSignIn(access) && !isSignedInFreshly(request)) throw new SignInAgain()
    return true
  }

  /** The visitor with the roles of this page, for the page too. */
  private async visitorHere(request: FastifyRequest): Promise<Visitor | null> {
    const visitor = visitorOf(request)
    if (!visitor) return null
    const { params, routeOptions } = request
    const here = await this.localRoles.on(visitor, routeOptions.url ?? '', params as Record<string, string>)
    if (here !== visitor) (request as { user?: Visitor }).user = here
    return here
  }
}

/** `GET /alv/:id`: how the permission tables name the route of a request. */
export function routeKey(request: FastifyRequest): string {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  return `${method} ${request.routeOptions.url}`
}
