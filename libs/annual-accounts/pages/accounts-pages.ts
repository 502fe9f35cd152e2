import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, dayOf } from '#kernel'
import {
  formErrors,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { type AccountsOfYear, AnnualAccounts, mayReadFiles, type Offer } from '../annual-accounts.service.js'
import { AccountsOffering } from '../offering.service.js'
import { AccountsRecording } from '../recording.service.js'
import {
  type AccountsStep,
  checkDischargeOffer,
  checkDrawingUp,
  checkOffer,
  checkReviewing,
  isPending,
  isReviewed,
  REVIEWERS,
} from '../rules/course.js'
import { MOST_EXTENSION_MONTHS } from '../rules/terms.js'

const VIEWS = 'libs/annual-accounts/pages/views'

interface Moment {
  day: Day
  heading: string
  text?: string
  href?: string
  linkLabel?: string
  tone?: 'good' | 'warn' | 'bad'
}

/** The list of years, and the accounts of one year as a timeline with what comes next, by when and by whom. */
@Injectable()
export class AccountsPages {
  constructor(
    @Inject(AnnualAccounts) private readonly accounts: AnnualAccounts,
    @Inject(AccountsOffering) private readonly offering: AccountsOffering,
    @Inject(AccountsRecording) private readonly recording: AccountsRecording,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async list(lang: Language): Promise<Page> {
    const all = await this.accounts.all()
    return page(`${VIEWS}/list.hbs`, {
      title: this.words(lang, 'list.title'),
      columns: [
        { label: this.words(lang, 'label.year') },
        { label: this.words(lang, 'label.state') },
        { label: this.words(lang, 'label.dueOn'), kind: 'day' },
      ],
      rows: all.map(({ year, step, dueOn, late }) => [
        { value: String(year), href: `/jaarrekening/${year}` },
        { value: this.words(lang, `state.${step}`), tone: toneOf(step, late) },
        dueOn,
      ]),
    })
  }

  async show(lang: Language, visitor: Visitor, known: AccountsOfYear, refused?: RefusedForm): Promise<Page> {
    const { year, step, late, latest, review, dueOn } = known
    const model = {
      title: this.words(lang, 'title', { year: String(year) }),
      ...{ year, latest, review },
      stateText: this.words(lang, `state.${step}`),
      stateTone: toneOf(step, late),
      warnings: this.warnings(lang, known),
      next: this.words(lang, `next.${step}`),
      nextWho: this.words(lang, `who.${step}`),
      nextDue: dueOn && this.words(lang, 'due', { day: longDay(lang, dueOn) }),
      timeline: this.timeline(lang, known),
      files: this.files(lang, visitor, known),
      notOpenYet: latest !== null && !mayReadFiles(visitor, known),
      ...this.mayDo(visitor, known),
      ...(await this.choices(lang, visitor, known)),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/year.hbs`, model, refused ? 422 : 200)
  }

  /** @throws NotFoundException for what is no year with accounts */
  async find(typed: string): Promise<AccountsOfYear> {
    const known = /^[12]\d{3}$/.test(typed) ? await this.accounts.of(Number(typed)) : null
    if (!known) throw new NotFoundException()
    return known
  }

  /** What was done too late, or is late now. */
  private warnings(lang: Language, { late, terms, latest, course }: AccountsOfYear): string[] {
    const say = (key: string, day: Day) => this.words(lang, `late.${key}`, { day: longDay(lang, day) })
    return [
      ...(late.drawnUp ? [say(latest ? 'drawnUpLate' : 'drawnUp', terms.drawnUpBy)] : []),
      ...(late.adopted
        ? [say(course.adoption === 'adopted' ? 'adoptedLate' : 'adopted', terms.adoptedBy)]
        : []),
    ]
  }

  /** What each person can do now, and what is still of use. */
  private mayDo(visitor: Visitor, known: AccountsOfYear) {
    const { course, terms, latest, review, extension, adoption, discharge } = known
    const reviewer = {
      personId: visitor.personId,
      inCommittee: visitor.has('auditCommittee'),
      inBoard: visitor.has('director', 'ambassador'),
    }
    const can = (kind: 'auditCommittee' | 'auditor') => checkReviewing(course, reviewer, kind).length === 0
    const signedReport = review?.signatures.some(({ personId }) => personId === visitor.personId) ?? false
    const officer = visitor.has('secretary', 'director')
    const adopted = course.adoption === 'adopted'
    const notReported = review?.kind !== 'auditCommittee' || isReviewed(course)
    return {
      mayDrawUp:
        visitor.has('director', 'controller') &&
        checkDrawingUp(course, terms.yearEnd, '9999-12-31').length === 0,
      maySign:
        latest !== null && !adopted && visitor.has('director') && !course.signed.includes(visitor.personId),
      maySignReport:
        visitor.has('auditCommittee') &&
        review?.kind === 'auditCommittee' &&
        !signedReport &&
        can('auditCommittee'),
      mayReport: visitor.has('auditCommittee') && can('auditCommittee') && notReported && !signedReport,
      mayFileAuditor: visitor.has('secretary') && can('auditor') && !isReviewed(course),
      mayOffer: officer && checkOffer(course).length === 0,
      mayOfferDischarge: officer && checkDischargeOffer(course).length === 0,
      mayTakeBack:
        officer && [adoption, discharge].some((offer) => offer?.standing.state === 'waiting') && !adopted,
      mayExtend: officer && !extension && !adopted,
    }
  }

  private async choices(lang: Language, visitor: Visitor, { year }: AccountsOfYear) {
    if (!visitor.has('secretary', 'director')) return {}
    const assemblies = await this.offering.candidates()
    const decisions = await this.recording.extendingDecisions(year)
    const months = Array.from({ length: MOST_EXTENSION_MONTHS }, (_, at) => at + 1)
    return {
      assemblies: assemblies.map(({ id, title, heldOn }) => ({
        value: id,
        label: `${title}, ${longDay(lang, heldOn)}`,
      })),
      decisions: decisions.map(({ number, title }) => ({ value: number, label: `${number}: ${title}` })),
      months: months.map((count) => ({
        value: String(count),
        label: this.words(lang, 'extension.months', { count }),
      })),
    }
  }

  private files(lang: Language, visitor: Visitor, known: AccountsOfYear) {
    if (!known.latest || !mayReadFiles(visitor, known)) return []
    const link = (name: string, key: string) => ({
      ...{ href: `/jaarrekening/${known.year}/${name}.pdf`, label: this.words(lang, key), download: true },
    })
    return [
      link('jaarrekening', 'files.accounts'),
      ...(known.review ? [link('controle', `files.${known.review.kind}`)] : []),
    ]
  }

  private timeline(lang: Language, known: AccountsOfYear) {
    const moments = [...this.past(lang, known), ...this.coming(lang, known)]
    return moments.map(({ day, ...moment }) => ({ when: longDay(lang, day), at: day, ...moment }))
  }

  /** Everything that happened, in order. */
  private past(
    lang: Language,
    { versions, signatures, review, extension, adoption, discharge, terms, course }: AccountsOfYear,
  ): Moment[] {
    const say = (key: string, values?: object) => this.words(lang, `timeline.${key}`, values)
    const moments: Moment[] = [
      { day: terms.yearEnd, heading: say('yearEnd') },
      ...versions.map(({ version, drawnUpAt }) => ({
        day: dayOf(drawnUpAt),
        heading: say(version === 1 ? 'drawnUp' : 'drawnUpAgain', { version }),
      })),
      ...signatures.map(({ name, signedAt }) => ({
        day: dayOf(signedAt),
        heading: say('signed'),
        text: name,
        tone: 'good' as const,
      })),
      ...(extension
        ? [
            {
              ...{ day: extension.decidedOn, heading: say('extended', { months: extension.months }) },
              ...{
                href: `/besluiten/${extension.decisionNumber}`,
                linkLabel: say('decision', { number: extension.decisionNumber }),
              },
            },
          ]
        : []),
      ...(review ? [this.reviewed(lang, review, isReviewed(course))] : []),
      ...[adoption, discharge].flatMap((offer) => (offer ? this.offered(lang, offer) : [])),
    ]
    return moments.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  }

  private reviewed(lang: Language, review: NonNullable<AccountsOfYear['review']>, complete: boolean): Moment {
    const names = review.signatures.map(({ name }) => name).join(', ')
    return {
      day: dayOf(review.submittedAt),
      heading: this.words(lang, `timeline.${review.kind}`),
      text:
        review.auditor ?? this.words(lang, complete ? 'timeline.signedBy' : 'timeline.oneMore', { names }),
      tone: complete ? 'good' : 'warn',
    }
  }

  private offered(lang: Language, { kind, standing, offeredAt, motionId, assembly }: Offer): Moment[] {
    const say = (key: string, values?: object) => this.words(lang, `timeline.${kind}.${key}`, values)
    const offered = {
      ...{
        day: dayOf(offeredAt),
        heading: say(standing.state === 'withdrawn' ? 'withdrawn' : 'offered'),
        text: assembly,
      },
      ...{ href: `/voorstellen/${motionId}`, linkLabel: this.words(lang, 'timeline.motion') },
    }
    if (standing.state !== 'adopted' && standing.state !== 'rejected') return [offered]
    const { decidedOn, number } = standing.decision
    const tone = standing.state === 'adopted' ? ('good' as const) : ('bad' as const)
    const linkLabel = this.words(lang, 'timeline.decision', { number })
    return [
      offered,
      { day: decidedOn, heading: say(standing.state), tone, href: `/besluiten/${number}`, linkLabel },
    ]
  }

  /** The last days of what is still to do. */
  private coming(lang: Language, { course, terms, late, adoption }: AccountsOfYear): Moment[] {
    const say = (key: string) => this.words(lang, `timeline.${key}`)
    const tone = (isLate: boolean) => (isLate ? ('bad' as const) : ('warn' as const))
    return [
      ...(course.drawnUp
        ? []
        : [{ day: terms.drawnUpBy, heading: say('drawnUpBy'), tone: tone(late.drawnUp) }]),
      ...(adoption && isPending(adoption.standing.state)
        ? [{ day: adoption.heldOn, heading: say('assembly'), text: adoption.assembly }]
        : []),
      ...(course.adoption === 'adopted'
        ? []
        : [{ day: terms.adoptedBy, heading: say('adoptedBy'), tone: tone(late.adopted) }]),
    ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  }

  words(lang: Language, key: string, values?: object): string {
    return this.messages.text(lang, `annual-accounts.${key}`, { reviewers: REVIEWERS, ...values })
  }
}

function toneOf(step: AccountsStep, late: AccountsOfYear['late']): 'good' | 'warn' | 'bad' {
  if (step === 'done') return 'good'
  const isLate =
    step === 'drawUp' || step === 'sign'
      ? late.drawnUp
      : late.adopted && step !== 'discharge' && step !== 'offerDischarge'
  return isLate ? 'bad' : 'warn'
}
