import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { LEDGER_READERS } from '#ledger'
import {
  dayInDigits,
  formErrors,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type Text,
  type Visitor,
} from '#platform'
import { closeWords } from '../close-words.js'
import { type MarginMotion, numberOf } from '../margin-motions.service.js'
import { RiskMargin } from '../risk-margin.service.js'
import { checkConfirming } from '../rules/confirming.js'
import type { CheckedItem, CloseItem } from '../rules/year-close.js'
import { YearClose, type YearCloseOfYear } from '../year-close.service.js'
import { VIEWS } from './margin-page.js'
import { type Refused, typedIn } from './refused.js'

export const WAIVER_FORM = 'ontheffing'
export const CONFIRMATION_FORM = 'bevestiging'

/** Who may be asked to confirm the judgement; also in the permission table. */
const CONFIRMERS = ['auditCommittee', 'municipality', 'chair', 'controller', 'ambassador'] as const

/** Builds the checklist of a year's close, with the forms of who can do something about it. */
@Injectable()
export class YearClosePage {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(YearClose) private readonly yearClose: YearClose,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @throws NotFoundException when no subsidy was awarded for the year */
  async build(
    lang: Language,
    visitor: Visitor,
    year: number,
    fresh: boolean,
    refused?: Refused,
  ): Promise<Page> {
    if (!(await this.riskMargin.years()).includes(year)) throw new NotFoundException()
    const text = this.messages.under(lang, 'risk-margin')
    const close = await this.yearClose.of(year)
    const done = close.items.length - close.open.length
    const model = {
      title: text('close.heading', { year: String(year), open: close.open.length }),
      ...{ year, done, count: close.items.length, fresh },
      columns: [
        { label: text('close.item') },
        { label: text('close.state') },
        { label: text('close.why.title') },
      ],
      rows: close.items.map((item) => this.row(text, lang, visitor, year, item)),
      ...(await this.confirming(text, lang, visitor, year, close)),
      waiving: visitor.has('director', 'chair') ? await this.waiving(text, close, refused) : null,
      asked: close.motions
        .filter(({ kind }) => kind === 'yearCloseWaiver')
        .map((motion) => asked(text, lang, motion)),
      errors: formErrors(this.messages, lang, refused?.violations ?? []),
    }
    return page(`${VIEWS}/year-close.hbs`, model, refused ? 422 : 200)
  }

  private row(text: Text, lang: Language, visitor: Visitor, year: number, checked: CheckedItem) {
    const { item, met, waivedBy } = checked
    const { name, why } = closeWords(text, lang, checked)
    const state = met ? 'met' : waivedBy ? 'waived' : 'open'
    const waived = waivedBy ? ` ${text('close.waivedBy', { number: waivedBy })}` : ''
    const href = hrefOf(item, year, visitor)
    return [
      { value: name, ...(href ? { href } : {}) },
      { value: text(`close.states.${state}`), tone: TONES[state] },
      `${why}${waived}`,
    ]
  }

  /** The judgement as it reads now and who confirmed it; the form, or why this visitor does not confirm. */
  private async confirming(
    text: Text,
    lang: Language,
    visitor: Visitor,
    year: number,
    close: YearCloseOfYear,
  ) {
    const mayBeAsked = visitor.has(...CONFIRMERS)
    const confirmer = mayBeAsked ? await this.yearClose.confirmer(year, visitor) : null
    const [obstacle] = confirmer ? checkConfirming(confirmer, close.allJudged) : []
    const done = close.confirmations.some(({ name }) => name === visitor.name)
    return {
      confirmations: close.confirmations.map(({ name, confirmedAt }) =>
        text('close.confirm.by', { name, at: moment(lang, confirmedAt) }),
      ),
      goals: close.judgement.goals.map(({ text: goal, verdict }) => [
        goal,
        {
          value: text(`close.verdicts.${verdict ?? 'none'}`),
          tone: verdict ? VERDICT_TONES[verdict] : 'warn',
        },
      ]),
      goalColumns: [{ label: text('close.confirm.goal') }, { label: text('close.confirm.verdict') }],
      confirmForm: confirmer && !obstacle && !done ? { fingerprint: close.judgementSha256 } : null,
      obstacle: obstacle && !done ? this.messages.violation(lang, obstacle) : null,
    }
  }

  private async waiving(text: Text, { items, motions }: YearCloseOfYear, refused?: Refused) {
    const asked = new Set(
      motions
        .filter(({ standing }) => standing.state !== 'rejected' && standing.state !== 'withdrawn')
        .map(({ item }) => item),
    )
    const open = items.filter(({ item, met, waivedBy }) => !met && !waivedBy && !asked.has(item))
    if (open.length === 0) return null
    const assemblies = await this.assemblies.runningOrUpcoming()
    return {
      items: open.map(({ item }) => ({ value: item, label: text(`close.items.${item}`) })),
      assemblies: assemblies.map(({ id, title, heldOn }) => ({
        value: id,
        label: `${title}, ${dayInDigits(heldOn)}`,
      })),
      chosen: assemblies.length === 1 ? assemblies[0]!.id : '',
      typed: typedIn(WAIVER_FORM, refused),
    }
  }
}

const TONES = { met: 'good', waived: 'neutral', open: 'warn' } as const
const VERDICT_TONES = { met: 'good', partly: 'warn', notMet: 'bad' } as const

/** One motion with where it stands and its page. */
export function asked(text: Text, lang: Language, motion: MarginMotion) {
  const { item, kind, year, reason, standing, motionId, offeredAt } = motion
  const number = numberOf(motion)
  return {
    when: moment(lang, offeredAt),
    heading: item ? text(`close.items.${item}`) : text(`motions.${kind}.short`, { year }),
    text: `${reason} · ${text(`motions.states.${standing.state}`)}${number ? ` (${number})` : ''}`,
    href: `/voorstellen/${motionId}`,
    linkLabel: text('motions.toMotion'),
    tone: standing.state === 'adopted' ? 'good' : standing.state === 'rejected' ? 'bad' : undefined,
  }
}

/** Where the record stands that an item rests on; null for who may not see it. */
function hrefOf(item: CloseItem, year: number, visitor: Visitor): string | null {
  const readsLedger = visitor.has(...LEDGER_READERS)
  const hrefs: Record<CloseItem, string | null> = {
    quarters: '/verantwoording',
    books: readsLedger ? '/grootboek/perioden' : null,
    accounts: `/jaarrekening/${year}`,
    discharge: `/jaarrekening/${year}`,
    review: `/jaarrekening/${year}`,
    workPlan: `/werkplan/${year}`,
    confirmation: '#bevestiging',
    calls: '/garanties/aanspraken',
  }
  return hrefs[item]
}
