import { Strategy } from '@fastify/passport'
import type { FastifyRequest } from 'fastify'
import type { People } from '../people.service.js'
import type { Proof, SignIn } from '../sign-in.service.js'

/** The name under which Passport knows the one-time sign-in. */
export const ONE_TIME = 'one-time'

/** Passport strategy: who presents a valid one-time link or code is the person it was mailed to. */
export class OneTimeStrategy extends Strategy {
  constructor(
    private readonly signIn: SignIn,
    private readonly people: People,
  ) {
    super(ONE_TIME)
  }

  override async authenticate(request: FastifyRequest): Promise<void> {
    const { requestId, proof } = presented(request)
    const outcome = await this.signIn.use(requestId, proof)
    if ('refusal' in outcome) return this.fail(outcome.refusal)
    const visitor = await this.people.visitor(outcome.personId)
    return visitor ? this.success(visitor) : this.fail('signIn.unknown')
  }
}

function presented(request: FastifyRequest): { requestId: string; proof: Proof } {
  const { request: id, key } = request.params as { request?: string; key?: string }
  if (id !== undefined && key !== undefined) return { requestId: id, proof: { by: 'link', key } }
  const body = (request.body ?? {}) as { request?: unknown; code?: unknown }
  return { requestId: String(body.request ?? ''), proof: { by: 'code', code: String(body.code ?? '') } }
}
