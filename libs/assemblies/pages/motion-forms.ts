import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { formErrors, type Language, longDay, Messages, type Page, page, type Visitor } from '#platform'
import { type MotionWithAll } from '../motions/motion-reading.service.js'
import { Motions } from '../motions/motions.service.js'
import { Proposers } from '../motions/proposers.service.js'
import type { AssemblyRow } from '../store/entities.js'
import { LONGEST_TEXT } from './motion-form.js'
import { textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'

interface Refused {
  violations: readonly Violation[]
  typed: Record<string, string>
}

/** The forms in which motions and amendments are written. */
@Injectable()
export class MotionForms {
  constructor(
    @Inject(Motions) private readonly motions: Motions,
    @Inject(Proposers) private readonly proposers: Proposers,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** A new motion; when it can't be submitted now, the page says why and when it can. */
  async create(
    lang: Language,
    assembly: AssemblyRow,
    visitor: Visitor,
    newId: string,
    refused?: Refused,
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const namens = await this.onBehalf(lang, visitor, assembly.heldOn)
    const byOrgan = namens.some(({ value }) => !value.startsWith('lid:'))
    const [why] =
      namens.length === 0 ? [{ code: 'motion.noProposer' }] : await this.motions.standing(assembly, byOrgan)
    const term = await this.motions.lastDay(assembly.heldOn)
    return page(
      `${VIEWS}/motion-form.hbs`,
      {
        title: text('motions.new'),
        ...{ assembly, newId, namens },
        action: `/alv/${assembly.id}/voorstellen`,
        verb: text('motions.submitVerb'),
        back: `/alv/${assembly.id}`,
        why: why && this.messages.violation(lang, this.inWords(lang, why)),
        until: term && text('motions.until', { day: longDay(lang, term.lastDay), article: term.article }),
        types: this.types(lang, assembly.convenedOn === null),
        longest: LONGEST_TEXT,
        typed: refused?.typed ?? { namens: namens[0]?.value ?? '', besluit: 'ordinary' },
        ...this.errorsOf(lang, refused),
      },
      refused ? 422 : 200,
    )
  }

  /** @throws RuleViolated why it can't be changed by this visitor, or any more */
  async change(lang: Language, all: MotionWithAll, visitor: Visitor, refused?: Refused): Promise<Page> {
    const { motion, present } = all
    if (!this.proposers.actsFor(visitor, motion)) throw RuleViolated.of('motion.notYours')
    const why = await this.motions.whyFixed(motion)
    if (why) throw RuleViolated.of(why)
    const text = textsOf(this.messages, lang)
    const { title, question, explanation, decisionType } = motion
    return page(
      `${VIEWS}/motion-form.hbs`,
      {
        title: text('motions.change'),
        assembly: { id: motion.assemblyId, title: motion.assemblyTitle },
        action: `/voorstellen/${motion.id}/wijziging`,
        verb: text('motions.changeVerb'),
        back: `/voorstellen/${motion.id}`,
        types: this.types(lang, motion.convenedOn === null),
        longest: LONGEST_TEXT,
        typed: refused?.typed ?? {
          ...{ titel: title, vraag: question, tekst: present },
          ...{ toelichting: explanation, besluit: decisionType },
        },
        ...this.errorsOf(lang, refused),
      },
      refused ? 422 : 200,
    )
  }

  /** A new amendment: the present text, to be changed. What changed meanwhile is said, and what was typed stays. */
  async amend(
    lang: Language,
    { motion, present, presentNumber }: MotionWithAll,
    visitor: Visitor,
    newId: string,
    why: string | undefined,
    refused?: Refused,
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const namens = await this.onBehalf(lang, visitor, motion.heldOn)
    const reason = namens.length === 0 ? 'motion.noProposer' : why
    return page(
      `${VIEWS}/amendment-form.hbs`,
      {
        title: text('amendments.new'),
        ...{ motion, present, presentNumber, newId, namens },
        why: reason && this.messages.violation(lang, { code: reason }),
        longest: LONGEST_TEXT,
        typed: refused?.typed ?? { namens: namens[0]?.value ?? '', tekst: present, toelichting: '' },
        ...this.errorsOf(lang, refused),
      },
      refused ? 422 : 200,
    )
  }

  /** A form of one page that came back. */
  shown(lang: Language, { errors, typed }: { errors: Violation[]; typed: Record<string, string> }) {
    return { typed, ...this.errorsOf(lang, { violations: errors, typed }) }
  }

  private errorsOf(lang: Language, refused?: Refused) {
    return { errors: refused ? formErrors(this.messages, lang, refused.violations) : null }
  }

  private async onBehalf(lang: Language, visitor: Visitor, day: string) {
    const text = textsOf(this.messages, lang)
    const options = await this.proposers.optionsFor(visitor, day)
    return options.map(({ value, memberName, organ }) => ({
      value,
      label: memberName ?? text(`motions.organ.${organ}`),
    }))
  }

  private types(lang: Language, beforeConvocation: boolean) {
    const text = textsOf(this.messages, lang)
    const types = beforeConvocation ? ['ordinary', 'statuteChange'] : ['ordinary']
    return types.map((value) => ({ value, label: text(`decisionType.${value}`) }))
  }

  /** Days in a violation as the reader writes them. */
  private inWords(lang: Language, violation: Violation): Violation {
    const { params } = violation
    return params?.day ? { ...violation, params: { ...params, day: longDay(lang, params.day) } } : violation
  }
}
