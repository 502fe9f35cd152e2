import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '#kernel'
import {
  Clock,
  formErrors,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { LedgerCheck } from '../ledger-check.service.js'
import { LedgerPeriods } from '../ledger-periods.service.js'
import { LedgerWords, VIEWS } from './ledger-words.js'

/** Who may have the whole ledger checked. */
export const CHECKERS = ['controller', 'director', 'auditCommittee'] as const

/** How the books are kept: which periods are closed, and whether everything is as it was booked. */
@Injectable()
export class KeepingPages {
  constructor(
    @Inject(LedgerPeriods) private readonly ledgerPeriods: LedgerPeriods,
    @Inject(LedgerCheck) private readonly ledgerCheck: LedgerCheck,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async periods(lang: Language, visitor: Visitor, refused?: RefusedForm): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const closings = (await this.ledgerPeriods.closings()).toReversed()
    const next = await this.ledgerPeriods.next()
    const rows = []
    for (const { firstDay, lastDay, closedAt, closedBy } of closings)
      rows.push([
        { value: text('periods.span', { from: longDay(lang, firstDay), through: longDay(lang, lastDay) }) },
        dayOf(closedAt),
        await this.words.personName(lang, closedBy),
      ])
    const closable = next.filter(({ isOver }) => isOver)
    const model = {
      title: text('periods.title'),
      columns: [
        { label: text('periods.period') },
        { label: text('periods.closedOn'), kind: 'day' },
        { label: text('periods.closedBy') },
      ],
      rows,
      yearEnds: this.yearEnds(lang),
      mayClose: visitor.has('controller') && closable.length > 0,
      options: closable.map(({ length, period }) => ({
        value: `${length}:${period.lastDay}`,
        label: text(`periods.length.${length}`, {
          from: longDay(lang, period.firstDay),
          through: longDay(lang, period.lastDay),
        }),
      })),
      chosen: closable.length === 1 ? `${closable[0]!.length}:${closable[0]!.period.lastDay}` : '',
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/periods.hbs`, model, refused ? 422 : 200)
  }

  /** The last three years that are over or running, with a link to how they end. */
  private yearEnds(lang: Language) {
    const year = Number(this.clock.today().slice(0, 4))
    return [year, year - 1, year - 2].map((one) => ({
      ...{ href: `/grootboek/jaarafsluiting/${one}` },
      label: this.words.say(lang, 'yearEnd.title', { year: String(one) }),
    }))
  }

  async check(lang: Language, visitor: Visitor): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const last = await this.ledgerCheck.last()
    return page(`${VIEWS}/check.hbs`, {
      title: text('check.title'),
      mayCheck: visitor.has(...CHECKERS),
      none: !last,
      ...(last && {
        tone: last.findings.length > 0 ? 'bad' : 'good',
        verdict: text(last.findings.length > 0 ? 'check.notSound' : 'check.sound'),
        when: text('check.when', { moment: moment(lang, last.checkedAt) }),
        findings: last.findings.map(({ code, params }) => text(`check.findings.${code}`, params)),
        facts: [
          { label: text('check.entries'), value: String(last.entries) },
          { label: text('check.postings'), value: String(last.postings) },
          { label: text('check.seals'), value: String(last.seals) },
          ...(last.unsealed > 0n ? [{ label: text('check.unsealed'), value: String(last.unsealed) }] : []),
          ...(last.erased > 0n ? [{ label: text('check.erased'), value: String(last.erased) }] : []),
          ...(last.lastSha256
            ? [{ label: text('check.lastSeal'), value: last.lastSha256, note: text('check.lastSealNote') }]
            : []),
          { label: text('check.by'), value: await this.words.personName(lang, last.checkedBy) },
        ],
      }),
    })
  }
}
