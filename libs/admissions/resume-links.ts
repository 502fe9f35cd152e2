import { createHmac, timingSafeEqual } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { Clock, CONFIG, type Config, Ids, isId, Secrets, sha256Hex } from '#platform'

/** Who fills in a form sooner after it was shown is no person. */
const FASTEST_MS = 1500
const OLDEST_MS = 24 * 60 * 60 * 1000

/**
 * The keys that let an applicant go on without an account. They are derived from the application's id with a
 * secret, when the mail is made and when the link is opened: none is stored.
 */
@Injectable()
export class ResumeLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The part of the address that stands for an application: its id and its key. */
  async keyOf(id: string): Promise<string> {
    return `${id}.${await this.derive('application', id)}`
  }

  /** The link as it is mailed. */
  async linkTo(id: string): Promise<string> {
    return `${this.config.baseUrl}/aanmelden/${await this.keyOf(id)}`
  }

  /** The application that a key stands for; null when it is not one of ours. */
  async idOf(key: string): Promise<string | null> {
    const [id, proof] = key.split('.')
    return isId(id) && same(proof ?? '', await this.derive('application', id)) ? id : null
  }

  /** What the first form carries: the id of the application to be, when it was shown, and a proof of both. */
  async newFormToken(): Promise<string> {
    const claim = `${this.ids.next()}.${this.clock.realNow().getTime()}`
    return `${claim}.${await this.derive('form', claim)}`
  }

  /** The application to be; or why the form is not taken. */
  async readFormToken(
    token: string,
  ): Promise<{ id: string } | { refusal: 'admission.tooFast' | 'admission.staleForm' }> {
    const [id, shown, proof] = token.split('.')
    const genuine = isId(id) && same(proof ?? '', await this.derive('form', `${id}.${shown}`))
    const age = this.clock.realNow().getTime() - Number(shown)
    if (!genuine || age > OLDEST_MS) return { refusal: 'admission.staleForm' }
    return age < FASTEST_MS ? { refusal: 'admission.tooFast' } : { id }
  }

  private async derive(purpose: string, text: string): Promise<string> {
    return createHmac('sha256', await this.secrets.sessionSecret())
      .update(`admission ${purpose} ${text}`)
      .digest('base64url')
  }
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)))
}
