import { Inject, Injectable } from '@nestjs/common'
import { dayOf, formatCents, Quarter } from '#kernel'
import {
  Clock,
  formErrors,
  type Language,
  longDay,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { writeCsv } from '#sheets'
import { mayBringJournal } from '../access.js'
import { JournalComparisons } from '../journal-comparisons.service.js'
import { type JournalPreview, JournalPreviews } from '../journal-previews.service.js'
import { Journals } from '../journals.service.js'
import type { ComparedQuarter } from '../rules/compare.js'
import type { JournalFinding, JournalLine } from '../rules/journal.js'
import { journalHeads } from '../rules/read-journal-csv.js'
import type { WijkYear } from '../wijk-year.js'
import { DistrictWords, pathOf, VIEWS } from './district-words.js'

const SHOWN_FINDINGS = 50
const SHOWN_LINES = 20
/** As the form of the accounts says that an account has nothing to do with the subsidy. */
export const NOT_OURS = '-'

/** The journals of a wijk: bringing one in, looking at it before it is kept, and how it compares with the reports. */
@Injectable()
export class JournalPages {
  constructor(
    @Inject(DistrictWords) private readonly words: DistrictWords,
    @Inject(Journals) private readonly journals: Journals,
    @Inject(JournalPreviews) private readonly previews: JournalPreviews,
    @Inject(JournalComparisons) private readonly comparisons: JournalComparisons,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async show(
    lang: Language,
    visitor: Visitor,
    known: WijkYear,
    {
      refused,
      findings = [],
      chosen,
    }: { refused?: RefusedForm; findings?: readonly JournalFinding[]; chosen?: string } = {},
  ): Promise<Page> {
    const { agreement, year } = known
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const all = await this.journals.of(agreement.id, year)
    const compared = await this.comparisons.of(agreement, year)
    const begun = [1, 2, 3, 4].filter(
      (number) => Quarter.parse(`${year}-Q${number}`).firstDay() <= this.clock.today(),
    )
    const mended = findings.length > 0
    const model = {
      title: say('journal.title', { area: agreement.areaName, year: String(year) }),
      crumbs: [
        { href: `/wijkadministratie?jaar=${year}`, label: say('nav') },
        { href: pathOf(known), label: say('wijk.title', { area: agreement.areaName, year: String(year) }) },
      ],
      action: `${pathOf(known)}/journaal`,
      mayBring: mayBringJournal(visitor, agreement) && begun.length > 0,
      quarters: begun.map((number) => ({
        ...{
          value: String(number),
          label: say('journal.through', { number: String(number), year: String(year) }),
        },
      })),
      chosen: chosen ?? String(begun.at(-1) ?? ''),
      findings: findings.slice(0, SHOWN_FINDINGS).map(({ place, code, params }) => ({
        ...{ place, what: say(`journal.findings.${code}`, params) },
      })),
      moreFindings: Math.max(0, findings.length - SHOWN_FINDINGS),
      quarterTables: compared.map((one) => this.compared(lang, one)).toReversed(),
      keptColumns: [
        { label: say('journal.number') },
        { label: say('journal.reaches') },
        { label: say('journal.file') },
        { label: say('journal.keptOn'), kind: 'day' },
      ],
      kept: all.map(({ number, quarter, fileName, leftOut, keptAt }, at) => [
        { value: String(number), note: at === 0 ? say('journal.counts') : undefined },
        say('label.quarter', { number: quarter.slice(-1) }),
        { value: fileName, note: leftOut > 0 ? say('journal.leftOut', { count: leftOut }) : undefined },
        dayOf(keptAt),
      ]),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/journal.hbs`, model, refused || mended ? 422 : 200)
  }

  /** What an upload would become. */
  async preview(lang: Language, visitor: Visitor, id: string, refused?: RefusedForm): Promise<Page> {
    const found = await this.previews.of(visitor, id)
    const { agreement, quarter, upload, within, outside, late, unmapped, compared } = found
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const base = `/wijkadministratie/${agreement.areaSlug}/${quarter.year}`
    const model = {
      title: say('preview.title', { area: agreement.areaName }),
      crumbs: [
        { href: base, label: say('wijk.title', { area: agreement.areaName, year: String(quarter.year) }) },
        { href: `${base}/journaal`, label: say('journal.heading') },
      ],
      action: `/wijkadministratie/journalen/${id}`,
      facts: [
        { label: say('journal.file'), value: upload.fileName },
        {
          label: say('preview.period'),
          value: say('preview.span', {
            from: longDay(lang, `${quarter.year}-01-01`),
            through: longDay(lang, quarter.lastDay()),
          }),
        },
        { label: say('preview.lines'), value: say('preview.count', { count: within.length }) },
      ],
      ...{ ready: unmapped.length === 0, unmappedText: say('preview.unmapped', { count: unmapped.length }) },
      accounts: this.accounts(lang, found),
      outside: this.listed(lang, 'outside', outside),
      late: this.listed(lang, 'late', late),
      quarterTables: compared.map((one) => this.compared(lang, one)).toReversed(),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/journal-preview.hbs`, model, refused ? 422 : 200)
  }

  /** An example to fill in, with the heads that are looked for. */
  template(): Buffer {
    return writeCsv([
      Object.values(journalHeads),
      ['31-01-2020', '4000', 'Lonen', 'Loon januari', 'F2020-001', '1.000,00', ''],
      ['31-01-2020', '1100', 'Bank', 'Loon januari', 'F2020-001', '', '1.000,00'],
    ])
  }

  private accounts(lang: Language, { accounts, lines, mapping, unmapped }: JournalPreview) {
    const options = [
      ...lines.map(({ id, label }) => ({ value: id, label })),
      { value: NOT_OURS, label: this.words.say(lang, 'preview.notOurs') },
    ]
    return accounts.map(({ account, name, cents, lines: count }, at) => {
      const said = mapping.has(account) ? (mapping.get(account) ?? NOT_OURS) : ''
      return {
        ...{ account, name, cents, count, field: `rekening.${at}` },
        isNew: unmapped.includes(account),
        label: this.words.say(lang, 'preview.belongs', {
          account: [account, name].filter(Boolean).join(' '),
        }),
        options: options.map((option) => ({ ...option, selected: option.value === said })),
      }
    })
  }

  private listed(lang: Language, key: string, lines: readonly JournalLine[]) {
    if (lines.length === 0) return null
    const label = (name: string) => this.words.say(lang, name)
    return {
      columns: [
        { label: label('preview.day'), kind: 'day' },
        { label: label('preview.account') },
        { label: label('preview.description') },
        { label: label('label.amount'), kind: 'money' },
      ],
      summary: this.words.say(lang, `preview.${key}`, { count: lines.length }),
      text: this.words.say(lang, `preview.${key}Text`),
      rows: lines
        .slice(0, SHOWN_LINES)
        .map(({ onDay, account, description, document, cents }) => [
          onDay,
          account,
          { value: description, note: document || undefined },
          cents,
        ]),
      more:
        lines.length > SHOWN_LINES
          ? this.words.say(lang, 'preview.more', { count: lines.length - SHOWN_LINES })
          : null,
    }
  }

  private comparedColumns(lang: Language) {
    const say = (key: string) => this.words.say(lang, key)
    return [
      { label: say('label.line') },
      { label: say('compare.journal'), kind: 'money' },
      { label: say('compare.report'), kind: 'money' },
      { label: say('compare.difference'), kind: 'money' },
    ]
  }

  private compared(lang: Language, { quarter, lines, total, agrees, approved }: ComparedQuarter) {
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const number = quarter.slice(-1)
    const none = total.reportCents === null
    const amounts = (one: typeof total) => [one.journalCents, one.reportCents, one.differenceCents]
    return {
      heading: say(`compare.${none ? 'none' : agrees ? 'same' : 'differs'}`, {
        ...{ number, amount: formatCents(total.differenceCents ?? 0n) },
      }),
      columns: this.comparedColumns(lang),
      note: !none && !agrees && approved ? say('compare.approved') : null,
      rows: lines.map((one) => [one.label, ...amounts(one)]),
      totals: [say('label.together'), ...amounts(total)],
    }
  }
}
