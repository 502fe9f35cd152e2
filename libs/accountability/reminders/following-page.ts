import { Inject, Injectable } from '@nestjs/common'
import { type Day, daysBetween, Quarter, type Violation } from '#kernel'
import { Clock, formErrors, type Language, longDay, Messages, moment, type Page, page } from '#platform'
import type { ReportReminderRow } from './entities.js'
import { ReportReminders, type ReportToFollow } from './report-reminders.service.js'

const VIEWS = 'libs/accountability/reminders/views'
/** From so many days before it is due a report is on the list of who has to do something. */
const SOON = 30

type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** The overview for who follows the wijken, and the page of one report with its reminders. */
@Injectable()
export class FollowingPage {
  constructor(
    @Inject(ReportReminders) private readonly reminders: ReportReminders,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async all(lang: Language, asked?: string): Promise<Page> {
    const today = this.clock.today()
    const reports = await this.reminders.all()
    const years = [...new Set(reports.map(({ quarter }) => quarter.year))].sort((a, b) => b - a)
    const usual = Quarter.of(today).previous().year
    const year =
      years.find((one) => String(one) === asked) ?? years.find((one) => one <= usual) ?? years[0] ?? usual
    return page(`${VIEWS}/following.hbs`, {
      title: this.say(lang, 'title'),
      ...{ year, otherYears: years.filter((one) => one !== year) },
      open: this.openReports(lang, reports, today),
      matrix: this.matrix(lang, reports, year),
    })
  }

  async one(
    lang: Language,
    report: ReportToFollow,
    refused?: { typed: Record<string, string>; errors: readonly Violation[] },
  ): Promise<Page> {
    const { agreement, quarter, open, reminders, standing } = report
    const today = this.clock.today()
    const state = this.state(lang, report)
    const errors = refused?.errors.map(({ path, code, params }) => ({ field: path!, code, params }))
    const model = {
      title: `${agreement.areaName}, ${this.quarterText(lang, quarter)}`,
      ...{ stateText: state.value, stateTone: state.tone, open, where: whereOf(report) },
      reportHref: `/verantwoording/${agreement.areaSlug}/${quarter}`,
      counterparty: agreement.counterparty.name,
      dueOn: longDay(lang, standing.dueOn),
      late: report.daysLate > 0 ? this.say(lang, 'daysLate', { days: report.daysLate }) : null,
      sentToday: reminders.some(({ kind, sentOn }) => kind === 'friendly' && sentOn === today),
      sent: reminders.toReversed().map((reminder) => this.sent(lang, reminder)),
      typed: refused?.typed ?? null,
      errors: errors ? formErrors(this.messages, lang, errors) : null,
    }
    return page(`${VIEWS}/reminder.hbs`, model, refused ? 422 : 200)
  }

  /** Who has to do something now or soon: what is latest comes first. */
  private openReports(lang: Language, reports: readonly ReportToFollow[], today: Day) {
    return reports
      .filter(
        ({ open, returnedOn, standing }) =>
          open && (returnedOn !== null || daysBetween(today, standing.dueOn) <= SOON),
      )
      .sort((a, b) => b.daysLate - a.daysLate || (a.standing.dueOn < b.standing.dueOn ? -1 : 1))
      .map((report) => {
        const { agreement, quarter, reminders, standing } = report
        const last = reminders.at(-1)
        const state = this.state(lang, report)
        return {
          ...{ where: whereOf(report), area: agreement.areaName, counterparty: agreement.counterparty.name },
          ...{ quarter: this.quarterText(lang, quarter), stateText: state.value, stateTone: state.tone },
          ...{ dueOn: standing.dueOn, late: report.daysLate },
          last: last ? this.lastText(lang, last) : this.say(lang, 'none'),
          sentToday: reminders.some(({ kind, sentOn }) => kind === 'friendly' && sentOn === today),
          label: this.say(lang, 'remindOf', {
            area: agreement.areaName,
            quarter: this.quarterText(lang, quarter),
          }),
        }
      })
  }

  /** Every area in a row, the four quarters of a year in columns. */
  private matrix(lang: Language, reports: readonly ReportToFollow[], year: number) {
    const ofYear = reports.filter(({ quarter }) => quarter.year === year)
    const areas = [...new Map(ofYear.map(({ agreement }) => [agreement.id, agreement])).values()]
    return {
      columns: [
        { label: this.say(lang, 'area') },
        ...[1, 2, 3, 4].map((number) => ({
          label: this.messages.text(lang, 'accountability.quarterShort', { number }),
        })),
      ],
      rows: areas.map((agreement) => [
        { value: agreement.areaName, note: agreement.counterparty.name },
        ...[1, 2, 3, 4].map((number) => {
          const report = ofYear.find(
            (one) => one.agreement.id === agreement.id && one.quarter.number === number,
          )
          if (!report) return ''
          const note = report.daysLate > 0 ? this.say(lang, 'daysLate', { days: report.daysLate }) : ''
          return { ...this.state(lang, report), note }
        }),
      ]),
    }
  }

  private state(lang: Language, report: ReportToFollow): { value: string; tone: Tone } {
    const { status } = report.standing
    const late = report.daysLate > 0
    const tones: Partial<Record<typeof status, Tone>> = { returned: 'warn', approved: 'good' }
    return {
      value: this.messages.text(lang, `accountability.status.${status}`),
      tone: late ? 'bad' : (tones[status] ?? 'neutral'),
    }
  }

  private sent(lang: Language, { kind, dayOffset, recipients, sentence, sentAt }: ReportReminderRow) {
    const key = kind === 'due' ? (dayOffset < 0 ? 'before' : dayOffset === 0 ? 'onTheDay' : 'after') : kind
    const names = recipients.join(', ')
    return {
      ...{ when: moment(lang, sentAt), at: sentAt.toISOString() },
      heading: this.say(lang, `sent.${key}`, { days: Math.abs(dayOffset) }),
      text: [names ? this.say(lang, 'sent.to', { names }) : this.say(lang, 'sent.toNobody'), sentence]
        .filter(Boolean)
        .join(' '),
    }
  }

  private lastText(lang: Language, { kind, sentOn }: ReportReminderRow): string {
    const key = kind === 'friendly' ? 'lastFriendly' : 'lastBySamen'
    return this.say(lang, key, { day: longDay(lang, sentOn) })
  }

  private quarterText(lang: Language, { number, year }: Quarter): string {
    return this.say(lang, 'quarter', { number, year: String(year) })
  }

  private say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `accountability.reminders.${key}`, values)
  }
}

function whereOf({ agreement, quarter }: ReportToFollow): string {
  return `/verantwoording/stand/${agreement.areaSlug}/${quarter}`
}
