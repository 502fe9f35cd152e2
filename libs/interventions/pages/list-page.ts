import { Inject, Injectable } from '@nestjs/common'
import type { Agreement } from '#agreements'
import { Clock, formErrors, Ids, type Language, Messages, type Page, page, type Visitor } from '#platform'
import { MOST_FILES } from '../acting.service.js'
import { wordsOf } from '../case-words.js'
import { Interventions, type KnownCase } from '../interventions.service.js'
import { type Direction, isEnding, type Ladder } from '../rules/steps.js'
import { aboutChoices, directionFor, governing } from '../starting.service.js'
import type { Refused } from './act-page.js'
import { withReadableDays } from './act-words.js'
import { crumbsOf } from './case-page.js'
import { toneOf } from './case-timeline.js'

const VIEWS = 'libs/interventions/pages/views'

/** The cases of an area, or of all areas, and beginning one. */
@Injectable()
export class CaseListPage {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Interventions) private readonly interventions: Interventions,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Every case that the visitor may read. */
  async all(lang: Language, visitor: Visitor): Promise<Page> {
    const cases = await this.interventions.visibleTo(visitor)
    return page(`${VIEWS}/all.hbs`, {
      title: this.messages.text(lang, 'interventions.title'),
      ...this.table(lang, cases, true),
    })
  }

  async ofArea(lang: Language, visitor: Visitor, agreement: Agreement): Promise<Page> {
    const words = wordsOf(this.messages, lang, agreement)
    const version = governing(agreement, this.clock.today())
    const direction = version && directionFor(visitor, agreement)
    return page(`${VIEWS}/list.hbs`, {
      title: words('list.title'),
      crumbs: crumbsOf(words, { agreement }).slice(0, 1),
      startHref: direction ? `/afspraken/${agreement.areaSlug}/ingrepen/nieuw` : '',
      startLabel: direction ? words(`acts.${openingOf(direction)}.label`) : '',
      ...this.table(lang, await this.interventions.visibleTo(visitor, agreement), false),
      ...(version ? this.ladder(lang, version.terms.ladder) : {}),
    })
  }

  form(lang: Language, agreement: Agreement, direction: Direction, refused?: Refused): Page {
    const words = wordsOf(this.messages, lang, agreement)
    const act = openingOf(direction)
    const version = governing(agreement, this.clock.today())
    const model = {
      title: words(`acts.${act}.label`),
      crumbs: crumbsOf(words, { agreement }),
      explanation: words(`acts.${act}.lead`),
      after: words(`next.${direction === 'toCounterparty' ? 'signalled' : 'noticeGiven'}`),
      action: `/afspraken/${agreement.areaSlug}/ingrepen`,
      verb: words(`acts.${act}.verb`),
      key: refused?.typed.kenmerk ?? this.ids.next(),
      reasonLabel: words(`acts.${act}.reason`),
      filesHint: words('form.filesHint', { count: MOST_FILES }),
      choices: (version ? aboutChoices(version) : []).map(({ value, kind, label }) => ({
        ...{ value, label: words(`start.kinds.${kind}`, { label }) },
      })),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, withReadableDays(lang, refused.errors)) : null,
    }
    return page(`${VIEWS}/new.hbs`, model, refused ? 422 : 200)
  }

  private table(lang: Language, cases: readonly KnownCase[], withArea: boolean) {
    const text = (key: string) => this.messages.text(lang, `interventions.column.${key}`)
    return {
      columns: [
        { label: text('case') },
        ...(withArea ? [{ label: text('area') }] : []),
        { label: text('state') },
        { label: text('next') },
        { label: text('dueOn'), kind: 'day' },
      ],
      rows: [...cases].sort(byDay).map((one) => this.row(lang, one, withArea)),
    }
  }

  private row(
    lang: Language,
    { id, reference, subject, direction, agreement, now }: KnownCase,
    withArea: boolean,
  ) {
    const words = wordsOf(this.messages, lang, agreement)
    return [
      { value: `${reference}: ${subject}`, href: `/ingrepen/${id}`, note: words(`direction.${direction}`) },
      ...(withArea ? [{ value: agreement.areaName, note: agreement.counterparty.name }] : []),
      { value: words(`state.${now.state}`), tone: toneOf(now.state) },
      isEnding(now.state) ? '' : words(`next.${now.state}`),
      now.dueOn,
    ]
  }

  private ladder(lang: Language, ladder: Ladder) {
    const text = (key: string, values = {}) => this.messages.text(lang, `interventions.${key}`, values)
    return {
      ladderColumns: [{ label: text('list.step') }, { label: text('list.term'), kind: 'figure' }],
      ladderRows: Object.entries(ladder).map(([key, count]) => [
        text(`ladder.${key}`),
        text('ladder.days', { count }),
      ]),
    }
  }
}

function openingOf(direction: Direction): 'signal' | 'giveNotice' {
  return direction === 'toCounterparty' ? 'signal' : 'giveNotice'
}

/** What is due first comes first; what has ended comes last, as it was. */
function byDay({ now: a }: KnownCase, { now: b }: KnownCase): number {
  if (a.dueOn === b.dueOn) return 0
  if (a.dueOn === null) return 1
  if (b.dueOn === null) return -1
  return a.dueOn < b.dueOn ? -1 : 1
}
