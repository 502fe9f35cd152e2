import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { People } from '#identity'
import { type Cents, formatCents } from '#kernel'
import {
  Clock,
  formErrors,
  isId,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type Visit,
  type Visitor,
} from '#platform'
import { CooperativeSide } from '../cooperative-side.service.js'
import { Guarantees } from '../guarantees.service.js'
import { type Offer, Offers } from '../offers.service.js'
import { TERMS } from '../rules/agreed-text.js'
import type { OfferState } from '../rules/offer-state.js'
import { GuaranteeSigning } from '../signing.service.js'
import type { Refused } from './refused.js'

const TONES: Record<OfferState, string> = {
  waiting: 'warn',
  accepted: 'good',
  refused: 'bad',
  withdrawn: 'neutral',
}

/** Who sees an offer besides the delegates of the member. */
const OFFICERS = ['director', 'chair', 'controller', 'auditCommittee'] as const

/** One offer: how it stands, what was signed, and what the visitor can do with it. */
@Injectable()
export class OfferPage {
  constructor(
    @Inject(Offers) private readonly offers: Offers,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(GuaranteeSigning) private readonly signing: GuaranteeSigning,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @throws NotFoundException when there is no such offer, or it is none of the visitor's business */
  async build({ lang, visitor, fresh }: Visit, id: string, refused?: Refused): Promise<Page> {
    const offer = await this.seenBy(visitor, id)
    const { movement, state, memberName } = offer
    const own = visitor.hasFor('delegate', movement.memberId)
    const waits = state === 'waiting'
    const amount = formatCents(movement.cents)
    const mayAnswer = waits && (await this.side.mayDecide(visitor, movement.memberId))
    const values = { member: memberName, amount }
    const model = {
      title: this.say(lang, 'offer.heading', values),
      id,
      memberId: movement.memberId,
      memberName,
      reference: movement.document,
      recordedAt: movement.recordedAt,
      waits,
      own,
      state: { label: this.say(lang, `offer.states.${state}`), tone: TONES[state] },
      items: await this.items(lang, offer),
      signed: await this.signed(lang, offer),
      terms: TERMS.offered,
      mayAnswer,
      asksReason: mayAnswer && (await this.isMoreThanNeeded(movement.cents)),
      mayWithdraw: waits && own,
      accepting: this.say(lang, 'offer.accept.text', values),
      fresh,
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page('libs/guarantees/pages/views/offer.hbs', model, refused ? 422 : 200)
  }

  private async seenBy(visitor: Visitor, id: string): Promise<Offer> {
    const offer = isId(id) ? await this.offers.find(id) : null
    const sees = offer && (visitor.has(...OFFICERS) || visitor.hasFor('delegate', offer.movement.memberId))
    if (!offer || !sees) throw new NotFoundException()
    return offer
  }

  private async isMoreThanNeeded(cents: Cents): Promise<boolean> {
    const today = this.clock.today()
    const year = (await this.guarantees.years()).find((one) => one.year <= Number(today.slice(0, 4)))
    return year !== undefined && cents > (await this.guarantees.on(today, year)).coverage.openCents
  }

  private async items(lang: Language, { movement, answer, state }: Offer) {
    const item = (label: string, value: string) => ({
      label: this.say(lang, `offer.label.${label}`),
      value,
    })
    return [
      item('amount', formatCents(movement.cents)),
      item('reference', movement.document),
      ...(movement.reason ? [item('reason', movement.reason)] : []),
      ...(answer ? [item(state, moment(lang, answer.recordedAt))] : []),
      ...(answer?.reason ? [item('answerReason', answer.reason)] : []),
    ]
  }

  /** Who signed, for which side, when, and the hash of what was agreed. */
  private async signed(lang: Language, { movement, answer }: Offer) {
    const signatures = await this.signing.of([movement.id, ...(answer ? [answer.id] : [])])
    const names = await this.people.named(signatures.map(({ signedBy }) => signedBy))
    return signatures.map(({ side, signedBy, signedAt, sha256, text }) => ({
      heading: this.say(lang, `signed.${side}`, {
        name: names.get(signedBy)?.name ?? '?',
        at: moment(lang, signedAt),
      }),
      sha256,
      agreed: text,
    }))
  }

  private say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `guarantees.${key}`, values)
  }
}
