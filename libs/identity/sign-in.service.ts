import { createHmac, timingSafeEqual } from 'node:crypto'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { NoticeModels, Notices } from '#notices'
import {
  Audit,
  Clock,
  CONFIG,
  type Config,
  Database,
  Ids,
  isId,
  Limiter,
  Secrets,
  sha256Hex,
} from '#platform'
import { People } from './people.service.js'
import { MAX_PER_ADDRESS, MAX_PER_CLIENT, type Refusal, refusalOf, VALID_MINUTES } from './rules/sign-in.js'
import { SignInRequestRow } from './store/entities.js'

const MINUTE_MS = 60_000

/** What the visitor presents: the key from the link, or the code from the mail. */
export type Proof = { by: 'link'; key: string } | { by: 'code'; code: string }

export type SignInOutcome = { personId: string } | { refusal: Refusal | 'signIn.wrongCode' }

/**
 * Signing in with a one-time link or code by mail. Neither is stored: both are derived from the
 * request's id with a secret, when the mail is made and when it is checked.
 */
@Injectable()
export class SignIn implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(NoticeModels) private readonly noticeModels: NoticeModels,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Limiter) private readonly limiter: Limiter,
  ) {}

  onModuleInit(): void {
    this.noticeModels.complete('identity/sign-in', async ({ requestId }) => ({
      link: await this.link(String(requestId)),
      code: await this.code(String(requestId)),
      minutes: VALID_MINUTES,
    }))
  }

  /**
   * Asks for a sign-in. For a known address a mail is written; for an unknown one the same things
   * happen without the mail, so the answer gives nothing away. A repeat makes a new request.
   * @returns the request's id, or null when this address or client asked too often.
   */
  async request(address: string, client: string): Promise<string | null> {
    const email = address.trim().toLowerCase()
    return this.database.transaction(async (tx) => {
      const now = this.clock.realNow()
      const limits = [
        { purpose: 'signIn.address', key: email, most: MAX_PER_ADDRESS, minutes: VALID_MINUTES },
        { purpose: 'signIn.client', key: client, most: MAX_PER_CLIENT, minutes: VALID_MINUTES },
      ]
      if (!(await this.limiter.room(tx, limits))) return null
      await this.limiter.count(tx, limits)
      const person = await this.people.withAddress(email, tx)
      const id = this.ids.next()
      await tx.getRepository(SignInRequestRow).insert({
        id,
        personId: person?.id ?? null,
        requestedAt: now,
        expiresAt: new Date(now.getTime() + VALID_MINUTES * MINUTE_MS),
      })
      if (person) {
        await this.notices.send(tx, [
          {
            notice: 'identity/sign-in',
            to: { personId: person.id, name: person.name, email: person.email },
            model: { requestId: id },
            key: `sign-in:${id}`,
          },
        ])
      }
      return id
    })
  }

  /**
   * Uses a request up, once. A wrong code is counted, so that five end the request.
   * @returns the person, or why not.
   */
  async use(requestId: string, proof: Proof): Promise<SignInOutcome> {
    if (!isId(requestId)) return { refusal: 'signIn.unknown' }
    const matches = await this.matches(requestId, proof)
    return this.database.transaction(async (tx) => {
      const requests = tx.getRepository(SignInRequestRow)
      const request = await requests.findOne({
        where: { id: requestId },
        lock: { mode: 'pessimistic_write' },
      })
      const refusal = refusalOf(request, this.clock.realNow(), proof.by)
      if (refusal) return { refusal }
      if (!matches || !request?.personId) {
        if (proof.by === 'link') return { refusal: 'signIn.unknown' }
        await requests.increment({ id: requestId }, 'wrongCodes', 1)
        return { refusal: 'signIn.wrongCode' }
      }
      await requests.update({ id: requestId }, { usedAt: this.clock.realNow() })
      await this.audit.record(tx, {
        actorId: request.personId,
        action: 'person.signedIn',
        subject: { kind: 'person', id: request.personId },
        details: { by: proof.by },
      })
      return { personId: request.personId }
    })
  }

  /** A link for someone, without a mail: for the command line and the demo's buttons. */
  async linkFor(address: string): Promise<string | null> {
    const person = await this.people.withAddress(address)
    if (!person) return null
    const id = this.ids.next()
    const now = this.clock.realNow()
    await this.database.read.getRepository(SignInRequestRow).insert({
      id,
      personId: person.id,
      requestedAt: now,
      expiresAt: new Date(now.getTime() + VALID_MINUTES * MINUTE_MS),
    })
    return this.link(id)
  }

  private async link(requestId: string): Promise<string> {
    return `${this.config.baseUrl}/inloggen/link/${requestId}/${await this.key(requestId)}`
  }

  private async key(requestId: string): Promise<string> {
    return this.derive('link', requestId).then((digest) => digest.toString('base64url'))
  }

  private async code(requestId: string): Promise<string> {
    const digest = await this.derive('code', requestId)
    return (digest.readUIntBE(0, 6) % 1_000_000).toString().padStart(6, '0')
  }

  private async derive(purpose: string, requestId: string): Promise<Buffer> {
    return createHmac('sha256', await this.secrets.sessionSecret())
      .update(`sign-in ${purpose} ${requestId}`)
      .digest()
  }

  private async matches(requestId: string, proof: Proof): Promise<boolean> {
    const expected = proof.by === 'link' ? await this.key(requestId) : await this.code(requestId)
    const given = proof.by === 'link' ? proof.key : proof.code.replace(/\s/g, '')
    const [a, b] = [Buffer.from(sha256Hex(expected)), Buffer.from(sha256Hex(given))]
    return timingSafeEqual(a, b)
  }
}
