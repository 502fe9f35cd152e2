import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { admit, PERMISSIONS, type Permissions, visitorOf } from '#platform'

/** Looks each route up in the permission tables. A route that stands in none is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(PERMISSIONS) private readonly permissions: Permissions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const access = this.permissions.get(routeKey(request))
    if (!access) throw new ForbiddenException()
    const verdict = admit(access, visitorOf(request))
    if (verdict === 'signInFirst') throw new UnauthorizedException()
    if (verdict === 'denied') throw new ForbiddenException()
    return true
  }
}

/** `GET /alv/:id`: how the permission tables name the route of a request. */
export function routeKey(request: FastifyRequest): string {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  return `${method} ${request.routeOptions.url}`
}
