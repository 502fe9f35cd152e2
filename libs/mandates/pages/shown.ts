import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Clock, type FieldError, formErrors, Ids, isId, type Language, longDay, Messages } from '#platform'
import type { Acting } from '../mandates.service.js'
import { type MandateStanding, standingOf } from '../rules/mandate.js'
import type { StoredMandate } from '../store/mandate-records.js'
import { lastDay } from '../words.js'

/** A form that was refused: what was typed and what is wrong with it. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** The parts that the pages about mandates share. */
@Injectable()
export class ShownMandates {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** A text of this library. */
  words(lang: Language, key: string, values: object = {}): string {
    return this.messages.text(lang, `mandates.${key}`, { ...values })
  }

  /** Who acts in a function, as a label and a value. */
  acting(lang: Language, label: string, acting: Acting | null) {
    if (!acting) return { label, value: this.words(lang, 'own.nobody') }
    const days = acting.until
      ? this.words(lang, 'own.sinceUntil', {
          since: longDay(lang, acting.since),
          until: longDay(lang, lastDay(acting.until)),
        })
      : this.words(lang, 'own.since', { since: longDay(lang, acting.since) })
    return { label, value: acting.name, note: `${acting.email} · ${days}` }
  }

  /** All mandates of a member as rows of a table, the latest first. */
  async rows(lang: Language, mandates: readonly StoredMandate[]) {
    const names = await this.people.named([...new Set(mandates.map(({ personId }) => personId))])
    const shown = mandates
      .map((mandate) => ({ mandate, standing: standingOf(mandate)! }))
      .sort((a, b) => (a.standing.from < b.standing.from ? 1 : -1))
    return shown.map(({ mandate, standing }) => {
      const { key, tone } = this.state(standing)
      return [
        { value: names.get(mandate.personId)?.name ?? '', href: `/mandaten/${mandate.id}` },
        this.words(lang, `functionNames.${mandate.function}`),
        standing.from,
        standing.until && lastDay(standing.until),
        { value: this.words(lang, `states.${key}`), tone },
      ]
    })
  }

  /** How a mandate stands today, as a key of the texts and a tone. */
  state({ state, from, until }: MandateStanding): { key: string; tone: Tone } {
    const today = this.clock.today()
    const isOver = until !== null && (until <= today || until <= from)
    if (state === 'pending')
      return isOver ? { key: 'lapsed', tone: 'neutral' } : { key: 'pending', tone: 'warn' }
    if (state !== 'confirmed') return { key: state, tone: 'neutral' }
    if (isOver) return { key: 'over', tone: 'neutral' }
    return from > today ? { key: 'coming', tone: 'good' } : { key: 'holds', tone: 'good' }
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

  /** "1 maart 2020", or "–" for none. */
  day(lang: Language, day: Day | null): string {
    return day ? longDay(lang, day) : '–'
  }
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
