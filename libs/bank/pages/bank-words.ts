import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { type Language, Messages } from '#platform'
import type { BankAccount } from '../store/account.store.js'
import type { StoredLine } from '../store/line.store.js'

export const VIEWS = 'libs/bank/pages/views'

const TONES = { open: 'warn', waiting: 'warn', settled: 'good', aside: 'neutral' } as const

/** What the pages of the bank have in common. */
@Injectable()
export class BankWords {
  constructor(
    @Inject(Messages) readonly messages: Messages,
    @Inject(People) private readonly people: People,
  ) {}

  say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `bank.${key}`, values)
  }

  /** A line in a table: the day, who, how much, how far. */
  row(lang: Language, line: StoredLine, likely?: string) {
    return [
      { value: line.bookedOn, href: linePath(line.id) },
      {
        value: line.counterpartyName || this.say(lang, 'label.unknown'),
        note: line.returnReason
          ? this.say(lang, 'line.returned', { reason: line.returnReason })
          : line.description,
      },
      line.cents,
      { value: this.state(lang, line), tone: TONES[line.state], note: likely },
    ]
  }

  columns(lang: Language) {
    return [
      { label: this.say(lang, 'label.day'), kind: 'day' },
      { label: this.say(lang, 'label.counterparty') },
      { label: this.say(lang, 'label.amount'), kind: 'money' },
      { label: this.say(lang, 'label.state') },
    ]
  }

  state(lang: Language, { state }: StoredLine): string {
    return this.say(lang, `state.${state}`)
  }

  tone({ state }: StoredLine): string {
    return TONES[state]
  }

  async names(ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
    const known = await this.people.named(ids.filter((id) => id !== null))
    return (id) => (id && known.get(id)?.name) || '–'
  }
}

export function linePath(id: string): string {
  return `/bank/regels/${id}`
}

/** Whether an account counts: somebody confirmed it. */
export function counts({ confirmedAt }: BankAccount): boolean {
  return confirmedAt !== null
}
