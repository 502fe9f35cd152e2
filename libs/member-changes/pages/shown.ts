import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { RuleViolated, type Violation } from '#kernel'
import { groupedIban } from '#members'
import { type FieldError, formErrors, Ids, isId, type Language, longDay, Messages } from '#platform'
import { type ChangeField, type FieldChange, neighbourhoodsIn } from '../rules/fields.js'
import type { MemberChange } from '../store/change-records.js'
import { tailOf } from '../words.js'

/** A form that was refused: what was typed and what is wrong with it. */
export interface Refused {
  typed: Record<string, string>
  violations: readonly Violation[]
}

/** How one reader sees values. */
export interface Reader {
  lang: Language
  wholeIban: boolean
  neighbourhoods: ReadonlyMap<number, string>
}

/** The parts that the pages about changes share. */
@Injectable()
export class Shown {
  constructor(
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Messages) readonly messages: Messages,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** A text of this library. */
  words(lang: Language, key: string, values: object = {}): string {
    return this.messages.text(lang, `member-changes.${key}`, { ...values })
  }

  async reader(lang: Language, wholeIban: boolean): Promise<Reader> {
    const all = await this.areas.neighbourhoods()
    return { lang, wholeIban, neighbourhoods: new Map(all.map(({ number, name }) => [number, name])) }
  }

  /** A value as it is read; what is not filled in says so. */
  value({ lang, wholeIban, neighbourhoods }: Reader, field: ChangeField, value: string | null): string {
    if (value === null || value === '') return this.words(lang, 'nothing')
    if (field === 'legalForm') return this.words(lang, `legalForms.${value}`)
    if (field === 'iban')
      return wholeIban ? groupedIban(value) : this.words(lang, 'endsOn', { tail: tailOf(value) })
    if (field !== 'neighbourhoods') return value
    return neighbourhoodsIn(value)
      .map((number) => neighbourhoods.get(number) ?? String(number))
      .join(', ')
  }

  /** How a change stands; what needed nobody else has words of its own. */
  state(lang: Language, { sensitive, state }: Pick<MemberChange, 'sensitive' | 'state'>): string {
    return this.words(lang, sensitive ? `states.${state}` : `states.atOnce.${state}`)
  }

  /** A table of what is (or was) and what is asked. */
  table(reader: Reader, changes: readonly (FieldChange & { erased?: boolean })[], before: 'now' | 'was') {
    const text = (key: string) => this.words(reader.lang, key)
    const shown = (change: FieldChange & { erased?: boolean }, value: string | null) =>
      change.erased ? text('erased') : this.value(reader, change.field, value)
    return {
      columns: [
        { label: text('table.field') },
        { label: text(`table.${before}`) },
        { label: text('table.new') },
      ],
      rows: changes.map((change) => [
        text(`fields.${change.field}`),
        shown(change, change.from),
        shown(change, change.to),
      ]),
    }
  }

  /** The key that makes a second click a repeat. */
  requestKey(typed?: string): string {
    return isId(typed) ? typed : this.ids.next()
  }

  /** What is wrong, in words; null when nothing is. */
  errors(lang: Language, refused?: Refused) {
    return refused ? formErrors(this.messages, lang, refused.violations.map(inWords(lang))) : null
  }
}

/** The broken rules behind an error; anything else is thrown on. */
export function violationsOf(error: unknown): readonly Violation[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations
}

/** Rules give days as the register writes them; a reader gets them in words. */
function inWords(lang: Language) {
  return ({ code, path, params = {} }: Violation): FieldError => ({
    field: path ?? '',
    code,
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        /^\d{4}-\d{2}-\d{2}$/.test(value) ? longDay(lang, value) : value,
      ]),
    ),
  })
}
