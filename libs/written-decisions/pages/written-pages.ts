import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { addDays } from '#kernel'
import {
  Clock,
  type FieldError,
  formErrors,
  Ids,
  isId,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type Visitor,
} from '#platform'
import { mayWithdraw } from '../proposing.service.js'
import { checkType, type WrittenState, writtenTypes } from '../rules/course.js'
import { electorateChanges } from '../rules/unanimity.js'
import type { CountedMember, WrittenAnswerRow } from '../store/entities.js'
import { type WrittenDecision, WrittenDecisions } from '../written-decisions.service.js'

const VIEWS = 'libs/written-decisions/pages/views'
const TONES: Record<WrittenState, 'neutral' | 'warn' | 'good' | 'bad'> = {
  ...{ proposed: 'neutral', known: 'neutral', withdrawn: 'neutral' },
  ...{ open: 'warn', ended: 'warn', adopted: 'good', notTaken: 'bad' },
}
const USUAL_DAYS = 14

/** A form that was refused, and which of the page's. */
export interface RefusedForm {
  form: 'answer' | 'opening' | 'withdrawal'
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** The pages of decisions without a meeting. */
@Injectable()
export class WrittenPages {
  constructor(
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async list(lang: Language, visitor: Visitor): Promise<Page> {
    const all = await this.written.list()
    return page(`${VIEWS}/list.hbs`, {
      title: this.words(lang, 'title'),
      columns: [
        { label: this.words(lang, 'label.subject') },
        { label: this.words(lang, 'label.state') },
        { label: this.words(lang, 'label.closesOn'), kind: 'day' },
      ],
      rows: all.map(({ proposal, state, opening }) => [
        { value: proposal.title, href: `/besluiten/zonder-vergadering/${proposal.id}` },
        { value: this.words(lang, `state.${state}`), tone: TONES[state] },
        opening?.closesOn ?? null,
      ]),
      mayPropose: visitor.has('secretary', 'chair', 'director', 'delegate'),
    })
  }

  async form(lang: Language, refused?: Pick<RefusedForm, 'typed' | 'errors'>): Promise<Page> {
    const setting = await this.written.setting()
    const allowed = writtenTypes.filter((type) => checkType(type, setting).length === 0)
    const key = refused?.typed.kenmerk
    const model = {
      title: this.words(lang, 'new.title'),
      id: isId(key) ? key : this.ids.next(),
      types: allowed.map((value) => ({ value, label: this.words(lang, `type.${value}`) })),
      article: setting && this.words(lang, 'new.article', { article: setting.article }),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/new.hbs`, model, refused ? 422 : 200)
  }

  async show(lang: Language, visitor: Visitor, known: WrittenDecision, refused?: RefusedForm): Promise<Page> {
    const { proposal, state, outcome } = known
    const answers = await this.written.answers(proposal.id)
    const entitled = outcome?.electorate ?? (await this.written.entitledOn(this.clock.today()))
    const errors = refused ? formErrors(this.messages, lang, refused.errors) : null
    const number = outcome && `${outcome.year}-${String(outcome.sequence).padStart(2, '0')}`
    const model = {
      title: proposal.title,
      ...{ id: proposal.id, proposal, state, decisionNumber: number },
      stateText: this.words(lang, `state.${state}`),
      stateTone: TONES[state],
      explained: this.words(lang, outcome ? `ended.${outcome.reason}` : `now.${state}`),
      outcomeTone: outcome ? (outcome.adopted ? 'good' : 'bad') : 'neutral',
      summary: await this.summary(lang, known, entitled, answers),
      ...this.answerPart(lang, visitor, known, entitled, answers),
      ...(await this.silentPart(lang, visitor, known, entitled, answers)),
      ...this.mayDo(visitor, known),
      roll: outcome ? this.roll(lang, entitled, answers) : null,
      firstDay: addDays(this.clock.today(), USUAL_DAYS),
      errors,
      refused: refused?.form ?? '',
      typed: refused?.typed ?? null,
    }
    return page(`${VIEWS}/written.hbs`, model, refused ? 422 : 200)
  }

  private mayDo(visitor: Visitor, { state, proposal }: WrittenDecision) {
    const before = state === 'proposed' || state === 'known'
    return {
      mayKnow: state === 'proposed' && visitor.has('director'),
      mayOpen: state === 'known' && visitor.has('secretary', 'chair', 'director'),
      mayWithdraw: before && mayWithdraw(visitor, proposal),
    }
  }

  /** The members that this person answers for: those that still can, and what the others answered. */
  private answerPart(
    lang: Language,
    visitor: Visitor,
    { state }: WrittenDecision,
    entitled: readonly CountedMember[],
    answers: readonly WrittenAnswerRow[],
  ) {
    const own = new Set(visitor.scopesOf('delegate'))
    const given = new Map(answers.map((answer) => [answer.memberId, answer]))
    const mine = entitled.filter(({ memberId }) => own.has(memberId))
    const waiting = state === 'open' ? mine.filter(({ memberId }) => !given.has(memberId)) : []
    return {
      waiting: waiting.map(({ memberId, memberName }) => ({ value: memberId, label: memberName })),
      onlyMember: waiting.length === 1 ? waiting[0] : null,
      choices: ['for', 'against'].map((value) => ({ value, label: this.words(lang, `choice.${value}`) })),
      recorded: mine.flatMap(({ memberId, memberName }) => {
        const answer = given.get(memberId)
        if (!answer) return []
        const choice = this.words(lang, `choice.${answer.choice}`)
        return [
          {
            text: this.words(lang, 'answer.recorded', {
              member: memberName,
              choice,
              at: moment(lang, answer.answeredAt),
            }),
            reference: answer.reference,
          },
        ]
      }),
    }
  }

  /** For who asked the members: who has not answered yet, and who of them nobody can answer for. */
  private async silentPart(
    lang: Language,
    visitor: Visitor,
    { state }: WrittenDecision,
    entitled: readonly CountedMember[],
    answers: readonly WrittenAnswerRow[],
  ) {
    if (state !== 'open' || !visitor.has('secretary', 'chair', 'director')) return { silent: null }
    const given = new Set(answers.map(({ memberId }) => memberId))
    const delegates = await this.written.delegatesOn(this.clock.today())
    const silent = entitled.filter(({ memberId }) => !given.has(memberId))
    return {
      silent: {
        columns: [{ label: this.words(lang, 'label.member') }, { label: this.words(lang, 'label.delegate') }],
        rows: silent.map(({ memberId, memberName, memberNumber }) => [
          { value: memberName, href: `/leden/${memberNumber}` },
          delegates
            .get(memberId)
            ?.map(({ name }) => name)
            .join(', ') ?? {
            ...{ value: this.words(lang, 'silent.nobody'), tone: 'bad' },
          },
        ]),
      },
    }
  }

  /** Who answered what: once it has ended. */
  private roll(lang: Language, entitled: readonly CountedMember[], answers: readonly WrittenAnswerRow[]) {
    const given = new Map(answers.map(({ memberId, choice }) => [memberId, choice]))
    return {
      columns: [{ label: this.words(lang, 'label.member') }, { label: this.words(lang, 'label.answer') }],
      rows: entitled.map(({ memberId, memberName, memberNumber }) => {
        const choice = given.get(memberId)
        const tone = choice === undefined ? 'neutral' : choice === 'for' ? 'good' : 'bad'
        const value = this.words(lang, choice ? `choice.${choice}` : 'answer.none')
        return [
          { value: memberName, href: `/leden/${memberNumber}` },
          { value, tone },
        ]
      }),
    }
  }

  private async summary(
    lang: Language,
    { proposal, knowledge, opening, withdrawal }: WrittenDecision,
    entitled: readonly CountedMember[],
    answers: readonly WrittenAnswerRow[],
  ) {
    const label = (key: string, values?: object) => this.words(lang, `label.${key}`, values)
    const names = await this.people.named([proposal.proposedBy, ...(knowledge ? [knowledge.notedBy] : [])])
    const nameOf = (id: string) => names.get(id)?.name ?? ''
    const given = new Set(answers.map(({ memberId }) => memberId))
    const answered = entitled.filter(({ memberId }) => given.has(memberId)).length
    return [
      {
        ...{ label: label('proposedBy'), value: nameOf(proposal.proposedBy) },
        note: moment(lang, proposal.proposedAt),
      },
      { label: label('type'), value: this.words(lang, `type.${proposal.decisionType}`) },
      {
        label: label('board'),
        value: knowledge ? nameOf(knowledge.notedBy) : label('notYet'),
        ...(knowledge ? { note: moment(lang, knowledge.notedAt) } : {}),
      },
      ...(opening
        ? [
            { label: label('closesOn'), value: longDay(lang, opening.closesOn) },
            {
              label: label('answered'),
              value: label('answeredOf', { answered, members: entitled.length }),
              note: await this.changes(lang, proposal.id, entitled),
            },
            { label: label('rule'), value: label('unanimous'), note: opening.article },
          ]
        : []),
      ...(withdrawal
        ? [
            {
              label: label('withdrawn'),
              value: withdrawal.reason,
              note: moment(lang, withdrawal.withdrawnAt),
            },
          ]
        : []),
    ]
  }

  /** What changed in the electorate since the opening, in a sentence; nothing when nothing did. */
  private async changes(lang: Language, id: string, entitled: readonly CountedMember[]): Promise<string> {
    const opening = await this.written.electors(id)
    const ids = (list: readonly CountedMember[]) => list.map(({ memberId }) => memberId)
    const { joined, left } = electorateChanges(ids(opening), ids(entitled))
    const nameOf = new Map(
      [...opening, ...entitled].map(({ memberId, memberName }) => [memberId, memberName]),
    )
    const names = (list: readonly string[]) => list.map((one) => nameOf.get(one)).join(', ')
    return [
      ...(joined.length > 0 ? [this.words(lang, 'label.joined', { names: names(joined) })] : []),
      ...(left.length > 0 ? [this.words(lang, 'label.left', { names: names(left) })] : []),
    ].join(' ')
  }

  private words(lang: Language, key: string, values?: object): string {
    return this.messages.text(lang, `written-decisions.${key}`, values as Record<string, unknown>)
  }
}
