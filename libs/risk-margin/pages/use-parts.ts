import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { formatCents } from '#kernel'
import { LEDGER_READERS } from '#ledger'
import { Clock, dayInDigits, Ids, isId, type Language, longDay, type Text, type Visitor } from '#platform'
import { type MarginOfYear, RiskMargin } from '../risk-margin.service.js'
import { firstDayOf, lastDayOf } from '../rules/margin.js'
import { paidFrom } from '../rules/margin-entries.js'
import type { StoredUse } from '../store/margin.store.js'
import { MarginUses } from '../uses.service.js'
import { type Refused, typedIn } from './refused.js'

export const USE_FORM = 'gebruik'
export const REVERSAL_FORM = 'terugdraaien'

/** The parts of the margin's page on the reserve and on what was used of it. */
@Injectable()
export class UseParts {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(MarginUses) private readonly uses: MarginUses,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async build(text: Text, lang: Language, visitor: Visitor, margin: MarginOfYear, refused?: Refused) {
    const { subsidy, reserve, live, stage, unspentCents } = margin
    const { year } = subsidy
    const uses = await this.uses.of(year)
    const changeable = reserve !== null && !live && stage !== 'paid'
    const names = await this.people.named(uses.map(({ recordedBy }) => recordedBy))
    const begun = this.clock.today() >= firstDayOf(year)
    return {
      reserve: reserve && {
        ...{ cents: reserve.cents, bookedAt: reserve.bookedAt },
        href: visitor.has(...LEDGER_READERS) ? `/grootboek/boekingen/${reserve.entryId}` : null,
      },
      mayReserve: !reserve && begun && visitor.has('director', 'controller'),
      differs: visitor.has('director', 'controller') ? await this.difference() : null,
      uses: uses.map((use) => this.line(text, lang, visitor, use, names, changeable)),
      usesTotal: uses.reduce((sum, { cents, reversal }) => (reversal ? sum : sum + cents), 0n),
      usesClosed: reserve !== null && !changeable,
      using:
        changeable && unspentCents > 0n && visitor.has('director')
          ? this.form(text, year, typedIn(USE_FORM, refused), unspentCents)
          : null,
    }
  }

  private line(
    text: Text,
    lang: Language,
    visitor: Visitor,
    use: StoredUse,
    names: Map<string, { name: string }>,
    changeable: boolean,
  ) {
    const { id, number, cents, onDay, reason, document, decision, entryId, reversal } = use
    const by = names.get(use.recordedBy)?.name ?? ''
    return {
      ...{ id, number, cents, onDay, reason, day: longDay(lang, onDay) },
      rests: [document, ...(decision ? [text('uses.decided', { number: decision })] : [])].join(' · '),
      by: text('uses.by', { name: by }),
      entryHref: visitor.has(...LEDGER_READERS) ? `/grootboek/boekingen/${entryId}` : null,
      reversed: reversal && text('uses.reversed', { reason: reversal.reason }),
      mayReverse: changeable && !reversal && visitor.has('director', 'controller'),
    }
  }

  private form(text: Text, year: number, typed: Record<string, string> | null, leftCents: bigint) {
    const [first, last] = [firstDayOf(year), lastDayOf(year)]
    const today = this.clock.today()
    return {
      left: formatCents(leftCents),
      typed,
      day: today > last ? last : today,
      dayHint: text('uses.form.dayHint', { from: dayInDigits(first), through: dayInDigits(last) }),
      payments: paidFrom.map((value) => ({ value, label: text(`uses.form.paidFrom.${value}`) })),
      requestKey: isId(typed?.verzoek) ? typed.verzoek : this.ids.next(),
    }
  }

  /** When somebody booked on the reserve by hand: what the ledger says, and what it should be. */
  private async difference() {
    const found = await this.riskMargin.inLedger()
    return found.registerCents === found.ledgerCents ? null : found
  }
}
