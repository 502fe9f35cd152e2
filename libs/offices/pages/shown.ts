import { Inject, Injectable } from '@nestjs/common'
import { addDays, type Day } from '#kernel'
import { Clock, type FieldError, formErrors, Ids, isId, type Language, longDay, Messages } from '#platform'
import { contains } from '../rules/term.js'
import type { OfficeTerm } from '../store/office-records.js'

/** A form that was refused: what was typed and what is wrong with it. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** The parts that the pages about offices share. */
@Injectable()
export class ShownOffices {
  constructor(
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** A text of this library. */
  words(lang: Language, key: string, values: object = {}): string {
    return this.messages.text(lang, `offices.${key}`, { ...values })
  }

  /** Terms as rows of a table; without names for who did not sign in. */
  rows(lang: Language, terms: readonly OfficeTerm[], withNames: boolean, day: Day) {
    return terms.map((term) => {
      const state = stateOf(term, day)
      const name = withNames ? [{ value: term.name, href: `/functies/termijnen/${term.id}` }] : []
      const until = term.until && addDays(term.until, -1)
      return [...name, term.from, until, { value: this.words(lang, `states.${state}`), tone: TONES[state] }]
    })
  }

  columns(lang: Language, withNames: boolean) {
    const label = (key: string) => this.words(lang, `label.${key}`)
    return [
      ...(withNames ? [{ label: label('name') }] : []),
      { label: label('from'), kind: 'day' },
      { label: label('until'), kind: 'day' },
      { label: label('state') },
    ]
  }

  /** "1 maart 2020" */
  day(lang: Language, day: Day): string {
    return longDay(lang, day)
  }

  /** What a refused form shows again, and the key that makes a second click a repeat. */
  form(lang: Language, refused?: Refused) {
    const key = refused?.typed.verzoek
    return {
      requestKey: isId(key) ? key : this.ids.next(),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, this.inWords(lang, refused.errors)) : null,
    }
  }

  get today(): Day {
    return this.clock.today()
  }

  private inWords(lang: Language, errors: readonly FieldError[]): FieldError[] {
    return errors.map((error) => ({
      ...error,
      params: Object.fromEntries(
        Object.entries(error.params ?? {}).map(([name, value]) => [
          name,
          /^\d{4}-\d{2}-\d{2}$/.test(value) ? this.day(lang, value) : value,
        ]),
      ),
    }))
  }
}

const TONES = { holds: 'good', ending: 'warn', coming: 'neutral', over: 'neutral' } as const

/** How a term stands on a day; `ending` within three months. */
export function stateOf(term: OfficeTerm, day: Day): keyof typeof TONES {
  if (!contains(term, day)) return term.from > day ? 'coming' : 'over'
  return term.until !== null && term.until <= addDays(day, 92) ? 'ending' : 'holds'
}
