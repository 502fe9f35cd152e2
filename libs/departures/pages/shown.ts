import { Inject, Injectable } from '@nestjs/common'
import { addDays, type Day, formatCents } from '#kernel'
import type { MemberOnDay } from '#members'
import { type FieldError, formErrors, Ids, isId, type Language, longDay, Messages } from '#platform'
import { MembershipConsequences } from '../consequences.service.js'
import { isEnding } from '../rules/departure.js'
import type { Departure } from '../store/departure-records.js'

/** A form that was refused: what was typed and what is wrong with it. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** The parts that the pages about a membership share. */
@Injectable()
export class Shown {
  constructor(
    @Inject(MembershipConsequences) private readonly consequences: MembershipConsequences,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** A text of this library. */
  words(lang: Language, key: string, values: object = {}): string {
    return this.messages.text(lang, `departures.${key}`, { ...values })
  }

  /** Kind, status and since when, as a list of labels and values. */
  standing(lang: Language, member: MemberOnDay) {
    const item = (label: string, value: string) => ({ label: this.words(lang, `label.${label}`), value })
    return [
      item('kind', member.kind ? this.words(lang, `kinds.${member.kind}`) : '–'),
      item('status', this.words(lang, `statuses.${member.status}`)),
      ...(member.since ? [item('since', longDay(lang, member.since))] : []),
    ]
  }

  /** What still ties a member to the cooperative: guarantee, agreements, the people and their offices. */
  async ties(lang: Language, member: MemberOnDay) {
    const { pledgedCents, paidInCents, agreements, people } = await this.consequences.of(member)
    const text = (key: string, values?: object) => this.words(lang, key, values)
    const guarantee = pledgedCents
      ? {
          value: formatCents(pledgedCents),
          note: text('ties.guaranteeStays', { paid: formatCents(paidInCents) }),
        }
      : { value: text('ties.noGuarantee') }
    const running = agreements.map(({ areaName, endsOn }) =>
      text('ties.agreement', { area: areaName, day: longDay(lang, endsOn) }),
    )
    const delegates = people.map(({ name, offices }) =>
      [name, ...offices.map((office) => text(`offices.${office}`))].join(', '),
    )
    return [
      { label: text('label.guarantee'), ...guarantee },
      { label: text('label.agreements'), value: running.join('; ') || text('ties.noAgreements') },
      { label: text('label.people'), value: delegates.join('; ') || text('ties.noPeople') },
    ]
  }

  /** A case as one line with a link. */
  line(lang: Language, departure: Departure, name = '') {
    return {
      when: longDay(lang, departure.givenOn),
      at: departure.givenOn,
      heading: [name, this.words(lang, `types.${departure.type}`)].filter(Boolean).join(': '),
      text: this.state(lang, departure),
      href: `/lidmaatschap/zaken/${departure.id}`,
      linkLabel: this.words(lang, 'view', { reference: departure.reference }),
    }
  }

  /** How a case stands, in a sentence. */
  state(lang: Language, { type, state, takesEffectOn, appealUntil, givenOn }: Departure): string {
    const key = state === 'running' ? `running.${isEnding(type) ? 'ending' : type}` : state
    return this.words(lang, `states.${key}`, {
      last: longDay(lang, lastDay(takesEffectOn, givenOn)),
      day: longDay(lang, takesEffectOn ?? givenOn),
      until: longDay(lang, appealUntil ?? givenOn),
    })
  }

  /** What a refused form shows again, and the key that makes a second click a repeat. */
  form(lang: Language, refused?: Refused) {
    const key = refused?.typed.verzoek
    return {
      requestKey: isId(key) ? key : this.ids.next(),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, inWords(lang, refused.errors)) : null,
    }
  }
}

/** The last day of membership: the day before an end that was announced, the day itself for one at once. */
function lastDay(takesEffectOn: Day | null, givenOn: Day): Day {
  return takesEffectOn && takesEffectOn > givenOn ? addDays(takesEffectOn, -1) : givenOn
}

/** Rules give days as they are written in the register; a reader gets them in words. */
function inWords(lang: Language, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => ({
    ...error,
    params: Object.fromEntries(
      Object.entries(error.params ?? {}).map(([name, value]) => [
        name,
        /^\d{4}-\d{2}-\d{2}$/.test(value) ? longDay(lang, value) : value,
      ]),
    ),
  }))
}
