import { Inject, Injectable } from '@nestjs/common'
import { type Day, dayOf, formatCents, isDay, Quarter } from '#kernel'
import { LEDGER_READERS } from '#ledger'
import {
  Clock,
  formErrors,
  type Language,
  longDay,
  type Page,
  page,
  type RefusedForm,
  shortDay,
  type Visitor,
} from '#platform'
import { isOwn } from '../access.js'
import { Journals } from '../journals.service.js'
import { checkOrder, lastDayOf } from '../rules/advance-schedule.js'
import { balanceOn } from '../rules/balance-on.js'
import { sumPerLine } from '../rules/due-bookings.js'
import { stillHolds } from '../rules/proposal.js'
import { Settlements } from '../settlements.service.js'
import type { StoredSettlement } from '../store/advances.store.js'
import type { WijkYear } from '../wijk-year.js'
import { DistrictWords, pathOf, plain, VIEWS } from './district-words.js'

/** One wijk in a year: the schedule, what was paid, what was booked, what is between them, and the settlement. */
@Injectable()
export class WijkPage {
  constructor(
    @Inject(DistrictWords) private readonly words: DistrictWords,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(Journals) private readonly journals: Journals,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async show(
    lang: Language,
    visitor: Visitor,
    known: WijkYear,
    { day, refused, fresh = true }: { day?: string; refused?: RefusedForm; fresh?: boolean } = {},
  ): Promise<Page> {
    const { agreement, year } = known
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const [journal] = await this.journals.of(agreement.id, year)
    const model = {
      title: say('wijk.title', { area: agreement.areaName, year: String(year) }),
      subtitle: say('wijk.lead', { party: agreement.counterparty.name }),
      ...{ base: pathOf(known), listHref: `/wijkadministratie?jaar=${year}` },
      standing: this.standing(lang, known, day),
      schedule: this.schedule(lang, visitor, known),
      booked: this.booked(lang, visitor, known),
      settling: this.settling(lang, visitor, known, fresh),
      journalText: journal
        ? say('journal.latest', { number: journal.number, day: longDay(lang, dayOf(journal.keptAt)) })
        : say('journal.none'),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/wijk.hbs`, model, refused ? 422 : 200)
  }

  /** The current account on a day: the last of the year, or today. */
  private standing(lang: Language, known: WijkYear, typed: string | undefined) {
    const last = lastDayOf(known.year)
    const today = this.clock.today()
    const usual = today < last ? today : today > last ? today : last
    const day = typed && isDay(typed) ? typed : usual
    const settledOn = (one: StoredSettlement): Day => (one.confirmation ? last : '9999-12-31')
    const { paidCents, spentCents, balanceCents } = balanceOn(
      {
        paid: known.advances.map(({ paidOn, state, cents }) => ({
          on: state === 'paid' ? paidOn : null,
          cents,
        })),
        spent: known.bookings.map(({ onDay, cents }) => ({ on: onDay, cents })),
        settled: known.settlements.map((one) => ({
          ...{ on: settledOn(one), cents: one.balanceCents - one.uncoveredCents },
        })),
      },
      day,
    )
    return {
      day,
      figures: [
        { label: this.words.say(lang, 'label.budget'), value: formatCents(known.budgetCents) },
        { label: this.words.say(lang, 'label.paid'), value: formatCents(paidCents) },
        { label: this.words.say(lang, 'label.spent'), value: formatCents(spentCents) },
        { label: this.words.say(lang, 'label.balance'), value: formatCents(balanceCents) },
      ],
      sentence: this.words.balance(lang, balanceCents),
    }
  }

  private schedule(lang: Language, visitor: Visitor, known: WijkYear) {
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const { advances, schedule, stale, agreement, settlements } = known
    const decides = visitor.has('controller') && !isOwn(visitor, agreement.counterparty.id)
    const next = advances.find(({ state }) => state === 'planned')
    const standing = {
      today: this.clock.today(),
      stale,
      isSettled: settlements.some((one) => one.confirmation),
    }
    const mayOrder = decides && next !== undefined && checkOrder(next, standing).length === 0
    return {
      columns: [
        { label: say('advance.number') },
        { label: say('advance.dueOn'), kind: 'day' },
        { label: say('label.amount'), kind: 'money' },
        { label: say('advance.standing') },
        { label: say('advance.paidOn'), kind: 'day' },
      ],
      rows: advances.map(({ number, dueOn, cents, state, paidOn }) => [
        ...[String(number), dueOn, cents, this.words.advanceState(lang, state), paidOn],
      ]),
      totals: [say('label.together'), null, advances.reduce((sum, { cents }) => sum + cents, 0n), null, null],
      made: schedule
        ? say('advance.made', { version: schedule.version, day: longDay(lang, dayOf(schedule.madeAt)) })
        : null,
      staleText: stale
        ? say('advance.stale', {
            ...{ old: formatCents(schedule!.budgetCents), budget: formatCents(known.budgetCents) },
          })
        : null,
      order: mayOrder
        ? {
            action: `${pathOf(known)}/voorschotten/${next.number}`,
            label: say('advance.order', { number: next.number, amount: formatCents(next.cents) }),
          }
        : null,
      mayMake: decides && (!schedule || stale),
      rhythm: schedule?.rhythm ?? 'quarter',
      rhythms: (['quarter', 'month'] as const).map((value) => ({
        value,
        label: say(`advance.rhythm.${value}`),
      })),
    }
  }

  /** What was booked, per line of the agreement and quarter. */
  private booked(lang: Language, visitor: Visitor, { bookings, version, year, agreement }: WijkYear) {
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const quarters = [1, 2, 3, 4].map((number) => `${year}-Q${number}`)
    const { lines } = version.terms
    const others = [...new Set(bookings.map(({ lineId }) => lineId))].filter(
      (id) => !lines.some((line) => line.id === id),
    )
    const all = [...lines, ...others.map((id) => ({ id, label: id, budgetCents: 0n }))]
    const perQuarter = quarters.map((quarter) =>
      sumPerLine(bookings.filter((one) => one.quarter === quarter)),
    )
    const total = sumPerLine(bookings)
    const sum = (of: ReadonlyMap<string, bigint>) => [...of.values()].reduce((a, b) => a + b, 0n)
    const entries = [...new Map(bookings.map((one) => [one.entryId, one])).values()]
    return {
      columns: [
        { label: say('label.line') },
        ...quarters.map((quarter) => ({
          label: say('label.quarter', { number: quarter.slice(-1) }),
          kind: 'money',
        })),
        { label: say('label.together'), kind: 'money' },
      ],
      rows: all.map(({ id, label, budgetCents }) => [
        { value: label, note: say('label.budgeted', { amount: formatCents(budgetCents) }) },
        ...[...perQuarter.map((of) => of.get(id) ?? null), total.get(id) ?? 0n],
      ]),
      // Nothing was booked yet: that is not zero.
      totals: [say('label.together'), ...perQuarter.map((of) => (of.size > 0 ? sum(of) : null)), sum(total)],
      entries: entries.map(({ entryId, quarter, number, reportVersion }) => ({
        label: say(number > 1 ? 'booked.correction' : 'booked.entry', {
          ...{ number: Quarter.parse(quarter).number, version: reportVersion },
        }),
        href: visitor.has(...LEDGER_READERS)
          ? `/grootboek/boekingen/${entryId}`
          : `/verantwoording/${agreement.areaSlug}/${quarter}`,
      })),
    }
  }

  private settling(lang: Language, visitor: Visitor, known: WijkYear, fresh: boolean) {
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const { settlements, openQuarters, year, agreement, spentCents, budgetCents } = known
    if (this.clock.today() <= lastDayOf(year))
      return { text: say('settlement.later', { year: String(year) }) }
    const last = settlements.at(-1) ?? null
    const own = isOwn(visitor, agreement.counterparty.id)
    const waits = last !== null && !last.confirmation
    const { balanceCents, uncoveredCents } = this.settlements.preview(known)
    const due =
      openQuarters.length === 0 && (!last?.confirmation || balanceCents !== 0n || uncoveredCents !== 0n)
    const stale = waits && !stillHolds(last, known)
    return {
      text:
        openQuarters.length > 0
          ? say('settlement.open', { quarters: openQuarters.map((one) => one.slice(-1)).join(', ') })
          : null,
      history: settlements.map((one) => this.settled(lang, known, one)),
      stale,
      mayPropose: visitor.has('controller') && !own && due && (!waits || stale || spentCents > budgetCents),
      above:
        spentCents > budgetCents
          ? say('settlement.above', { amount: formatCents(spentCents - budgetCents) })
          : null,
      wouldBe: due && !waits ? this.outcome(lang, balanceCents) : null,
      confirm:
        waits && !stale && visitor.has('director') && !own && last.proposedBy !== visitor.personId
          ? { action: `/wijkadministratie/afrekeningen/${last.id}/bevestiging`, fresh }
          : null,
      extra: last && last.extraCents > 0n ? plain(last.extraCents) : '',
      reason: last?.extraReason ?? '',
    }
  }

  private settled(lang: Language, known: WijkYear, one: StoredSettlement) {
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const { confirmation, returned } = one
    const paid = known.toPay.find(({ settlementId }) => settlementId === one.id)?.paidOn ?? null
    const outcome = this.outcome(lang, one.balanceCents)
    return {
      heading: say('settlement.number', { number: one.number }),
      state: say(`settlement.state.${confirmation ? 'confirmed' : 'proposed'}`),
      tone: confirmation ? 'good' : 'warn',
      items: [
        { label: say('label.paid'), value: formatCents(one.advancedCents) },
        { label: say('label.spent'), value: formatCents(one.spentCents) },
        { label: say('label.budget'), value: formatCents(one.budgetCents) },
        ...(one.extraCents > 0n
          ? [{ label: say('settlement.extra'), value: formatCents(one.extraCents), note: one.extraReason }]
          : []),
        ...(one.uncoveredCents !== 0n
          ? [{ label: say('settlement.uncovered'), value: formatCents(one.uncoveredCents) }]
          : []),
        { label: say('settlement.outcome'), value: outcome },
        ...(confirmation
          ? [{ label: say('settlement.confirmedOn'), value: shortDay(lang, dayOf(confirmation.confirmedAt)) }]
          : []),
        ...(returned
          ? [{ label: say('settlement.receivedOn'), value: shortDay(lang, returned.receivedOn) }]
          : []),
        ...(one.balanceCents < 0n && paid
          ? [{ label: say('advance.paidOn'), value: shortDay(lang, paid) }]
          : []),
      ],
    }
  }

  private outcome(lang: Language, cents: bigint): string {
    const kind = cents > 0n ? 'toReturn' : cents < 0n ? 'toGet' : 'level'
    return this.words.say(lang, `settlement.${kind}`, { amount: formatCents(cents < 0n ? -cents : cents) })
  }
}
