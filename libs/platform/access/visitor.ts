import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Role } from './roles.js'

/** A role that a person holds today; `scopeId` is the member or district cooperative it is for. */
export interface HeldRole {
  role: Role
  scopeId: string | null
}

/** The signed-in person behind a request, with the roles that hold today. */
export class Visitor {
  constructor(
    readonly personId: string,
    readonly name: string,
    readonly email: string,
    readonly roles: readonly HeldRole[],
  ) {}

  /** Whether the person holds one of these roles, for whatever scope. */
  has(...wanted: Role[]): boolean {
    return this.roles.some((held) => wanted.includes(held.role))
  }

  /** For which members or district cooperatives the person holds this role. */
  scopesOf(role: Role): string[] {
    return this.roles.flatMap((held) => (held.role === role && held.scopeId ? [held.scopeId] : []))
  }

  /** Whether the person holds this role for this member or district cooperative. */
  hasFor(role: Role, scopeId: string): boolean {
    return this.roles.some((held) => held.role === role && held.scopeId === scopeId)
  }
}

/** The visitor of a request, or null for a passer-by. */
export function visitorOf(request: FastifyRequest): Visitor | null {
  return (request as { user?: Visitor }).user ?? null
}

/** Injects the visitor into a controller method: a `Visitor`, or null for a passer-by. */
export const CurrentVisitor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  visitorOf(context.switchToHttp().getRequest<FastifyRequest>()),
)
