import { Inject, Injectable } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { Members } from '#members'
import {
  Clock,
  dayInDigits,
  formErrors,
  Ids,
  isId,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type Text,
  type Visitor,
} from '#platform'
import { type MarginMotion, MarginMotions } from '../margin-motions.service.js'
import { type PreInvestmentRegister, PreInvestments } from '../pre-investments.service.js'
import { RiskMargin } from '../risk-margin.service.js'
import { VIEWS } from './margin-page.js'
import { type Refused, typedIn } from './refused.js'
import { asked } from './year-close-page.js'

export const RECORD_FORM = 'vastleggen'
export const ANSWER_FORM = 'antwoord'
export const FIRST_FORM = 'besluit'

/** Builds the register of pre-investments with the forms of who works on it. */
@Injectable()
export class PreInvestmentsPage {
  constructor(
    @Inject(PreInvestments) private readonly preInvestments: PreInvestments,
    @Inject(MarginMotions) private readonly motions: MarginMotions,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async build(lang: Language, visitor: Visitor, refused?: Refused): Promise<Page> {
    const text = this.messages.under(lang, 'risk-margin')
    const register = await this.preInvestments.register()
    const years = await this.riskMargin.years()
    const motions = await this.asked(years)
    const model = {
      title: text('preInvestments.title'),
      entries: this.entries(text, lang, visitor, register),
      outstanding: this.outstanding(text, register),
      earnedBack: register.earnedBack.map(({ year, name, cents }) => [String(year), name, cents]),
      earnedBackColumns: [
        { label: text('preInvestments.year') },
        { label: text('parts.member') },
        { label: text('preInvestments.earnedBack'), kind: 'money' },
      ],
      recording: visitor.has('controller') ? await this.recording(text, refused) : null,
      deciding:
        visitor.has('director', 'chair') && register.outstanding.length > 0
          ? await this.deciding(years, motions, refused)
          : null,
      asked: motions.map((motion) => asked(text, lang, motion)),
      errors: formErrors(this.messages, lang, refused?.violations ?? []),
    }
    return page(`${VIEWS}/pre-investments.hbs`, model, refused ? 422 : 200)
  }

  private entries(text: Text, lang: Language, visitor: Visitor, { entries }: PreInvestmentRegister) {
    return entries.map((one) => {
      const { id, number, name, kind, cents, onDay, description, document, answer, note, answeredBy } = one
      const said = answer ?? 'waiting'
      return {
        ...{ id, number, name, cents, description },
        kind: text(`preInvestments.kinds.${kind}`),
        rests: `${document} · ${longDay(lang, onDay)}`,
        state: text(`preInvestments.states.${said}`),
        tone: answer === 'confirmed' ? 'good' : answer === 'refused' ? 'bad' : 'warn',
        answered: answer
          ? [text('preInvestments.by', { name: answeredBy ?? '' }), note].filter(Boolean).join(': ')
          : null,
        mayAnswer: !answer && visitor.has('auditCommittee') && one.recordedBy !== visitor.personId,
      }
    })
  }

  private outstanding(text: Text, { outstanding }: PreInvestmentRegister) {
    return {
      columns: [{ label: text('parts.member') }, { label: text('earnedBack.outstanding'), kind: 'money' }],
      rows: outstanding.map(({ name, cents }) => [name, cents]),
      totals: [text('parts.total'), outstanding.reduce((sum, { cents }) => sum + cents, 0n)],
    }
  }

  private async recording(text: Text, refused?: Refused) {
    const typed = typedIn(RECORD_FORM, refused)
    const members = (await this.members.asOf(this.clock.today())).filter(({ status }) => status === 'member')
    return {
      typed,
      members: members.map(({ id, name }) => ({ value: id, label: name })),
      kinds: ['money', 'inKind'].map((value) => ({ value, label: text(`preInvestments.kinds.${value}`) })),
      requestKey: isId(typed?.verzoek) ? typed.verzoek : this.ids.next(),
    }
  }

  /** The years in which nothing was paid out and nothing was asked that still counts. */
  private async deciding(years: readonly number[], motions: readonly MarginMotion[], refused?: Refused) {
    const open: number[] = []
    for (const year of years) {
      const last = motions.find((motion) => motion.year === year)
      const isOver = !last || last.standing.state === 'rejected' || last.standing.state === 'withdrawn'
      const margin = isOver ? await this.riskMargin.ofYear(year) : null
      if (margin && margin.stage !== 'paid') open.push(year)
    }
    if (open.length === 0) return null
    const assemblies = await this.assemblies.runningOrUpcoming()
    return {
      typed: typedIn(FIRST_FORM, refused),
      years: open.map((year) => ({ value: String(year), label: String(year) })),
      assemblies: assemblies.map(({ id, title, heldOn }) => ({
        value: id,
        label: `${title}, ${dayInDigits(heldOn)}`,
      })),
      chosenYear: open.length === 1 ? String(open[0]) : '',
      chosen: assemblies.length === 1 ? assemblies[0]!.id : '',
    }
  }

  private async asked(years: readonly number[]): Promise<MarginMotion[]> {
    const found: MarginMotion[] = []
    for (const year of years) found.push(...(await this.motions.of(year)))
    return found.filter(({ kind }) => kind === 'preInvestmentFirst')
  }
}
