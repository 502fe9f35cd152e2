import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Cents, formatCents } from '#kernel'
import { type Language, Messages, type Visitor } from '#platform'
import { maySee } from '../access.js'
import { DistrictAccounts } from '../district-accounts.service.js'
import type { Advance, WijkYear } from '../wijk-year.js'

export const VIEWS = 'libs/district-accounts/pages/views'
export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

const advanceTones: Record<Advance['state'], Tone> = {
  ...{
    planned: 'neutral',
    ready: 'warn',
    inBatch: 'warn',
    waitingForIban: 'bad',
    returned: 'bad',
    paid: 'good',
  },
}

/** What the pages of the wijken have in common: finding a wijk and a year, and their words. */
@Injectable()
export class DistrictWords {
  constructor(
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(Messages) readonly messages: Messages,
  ) {}

  say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `district-accounts.${key}`, values)
  }

  /** A wijk in a year, as an address names them. @throws NotFoundException, ForbiddenException */
  async find(visitor: Visitor, area: string, typedYear: string): Promise<WijkYear> {
    const found = await this.accounts.of(area, yearOf(typedYear))
    if (!found) throw new NotFoundException()
    if (!maySee(visitor, found.agreement)) throw new ForbiddenException()
    return found
  }

  /** What a balance means, in a sentence for the wijk. */
  balance(lang: Language, cents: Cents): string {
    const kind = cents > 0n ? 'over' : cents < 0n ? 'short' : 'level'
    return this.say(lang, `balance.${kind}`, { amount: formatCents(cents < 0n ? -cents : cents) })
  }

  advanceState(lang: Language, state: Advance['state']): { value: string; tone: Tone } {
    return { value: this.say(lang, `advance.state.${state}`), tone: advanceTones[state] }
  }

  /** Where the settlement of a year stands. */
  settlement(lang: Language, { settlements, openQuarters, balanceCents }: WijkYear): string {
    const say = (state: string) => this.say(lang, `settlement.state.${state}`)
    const last = settlements.at(-1)
    if (!last) return say(openQuarters.length > 0 ? 'waits' : 'none')
    if (!last.confirmation) return say('proposed')
    return say(balanceCents === 0n ? 'confirmed' : 'again')
  }
}

/** @throws NotFoundException */
export function yearOf(typed: string): number {
  if (!/^(19|20|21)\d\d$/.test(typed)) throw new NotFoundException()
  return Number(typed)
}

export const pathOf = ({ agreement, year }: WijkYear) => `/wijkadministratie/${agreement.areaSlug}/${year}`

/** An amount as people type it. */
export const plain = (cents: Cents) => formatCents(cents).replace(/^€\s*/, '')
