import { Controller, Get, Inject } from '@nestjs/common'
import { Clock, CurrentVisit, type Page, page, type Visit } from '#platform'
import { Agreements } from '../agreements.service.js'
import { type ListedNegotiation, Negotiations } from '../negotiations.service.js'
import { versionOn } from '../rules/agreement.js'
import { standingOf } from './agreement-pages.js'
import { AgreementWords, type Text } from './words.js'

/** How a negotiation looks; the word says it, the colour only helps. */
export const STATE_TONES = {
  drafting: 'neutral',
  negotiating: 'neutral',
  offered: 'warn',
  signed: 'good',
  ended: 'neutral',
} as const

/** All signed agreements, and the negotiations that one takes part in. */
@Controller('afspraken')
export class OverviewController {
  constructor(
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(AgreementWords) private readonly words: AgreementWords,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentVisit() { lang, visitor }: Visit): Promise<Page> {
    const text = this.words.in(lang)
    const running = await this.negotiations.runningFor(visitor)
    return page('libs/agreements/pages/views/overview.hbs', {
      title: text('title'),
      running: running.length > 0 ? runningTable(text, running) : null,
      signed: await this.signedTable(text),
      mayBegin: visitor.has('treasurer', 'coordinator', 'serviceTeam', 'teamLead', 'director'),
    })
  }

  private async signedTable(text: Text) {
    const today = this.clock.today()
    const signed = (await this.agreements.all()).filter(({ versions }) => versions.length > 0)
    return {
      columns: [
        { label: text('overview.area') },
        { label: text('overview.state') },
        { label: text('overview.from'), kind: 'day' },
        { label: text('overview.until'), kind: 'day' },
        { label: text('overview.wijkbudget'), kind: 'money' },
      ],
      rows: signed.map((agreement) => {
        const { areaName, areaSlug, counterparty, startsOn, endsOn, kind } = agreement
        const standing = standingOf(agreement, today)
        const version = versionOn(agreement, today) ?? versionOn(agreement, endsOn)
        const about = kind === 'district' ? '' : `, ${text(`agreementKinds.${kind}`)}`
        return [
          { value: areaName, href: `/afspraken/${areaSlug}`, note: `${counterparty.name}${about}` },
          { value: text(`standing.${standing.key}`), tone: standing.tone },
          ...[startsOn, endsOn, version?.terms.wijkbudgetCents ?? null],
        ]
      }),
    }
  }
}

function runningTable(text: Text, running: readonly ListedNegotiation[]) {
  return {
    columns: [
      { label: text('overview.area') },
      { label: text('overview.about') },
      { label: text('overview.state') },
      { label: text('overview.comments'), kind: 'number' },
    ],
    rows: running.map(({ negotiation, writing, openComments }) => [
      {
        value: negotiation.areaName,
        href: `/afspraken/concepten/${negotiation.id}`,
        note: negotiation.party.name,
      },
      text(`change.${negotiation.change}`),
      {
        value: text(`state.${negotiation.state}`),
        tone: STATE_TONES[negotiation.state],
        note: writing ? text('overview.writing') : '',
      },
      openComments,
    ]),
  }
}
