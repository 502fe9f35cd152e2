import { Inject, Injectable } from '@nestjs/common'
import { type Language, Messages, type Visitor } from '#platform'
import type { MotionWithAll } from '../motions/motion-reading.service.js'
import { Proposers } from '../motions/proposers.service.js'
import { amendedText, textDifference } from '../motions/text-difference.js'
import { Electorate } from '../polls/electorate.service.js'
import { amendmentState, nextAmendment } from '../rules/amendments.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { Amendment } from '../store/amendment.store.js'
import { amendmentFacts, MotionPage } from './motion-page.js'
import { ruleInWords, textsOf } from './page-text.js'

const TONES = { adopted: 'good', rejected: 'bad', open: 'warn', closed: 'warn' } as Record<string, string>

/** The model of an amendment: what it changes of the text as it is now, and what may be done with it. */
@Injectable()
export class AmendmentPage {
  constructor(
    @Inject(MotionPage) private readonly motionPage: MotionPage,
    @Inject(Proposers) private readonly proposers: Proposers,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async of(amendment: Amendment, all: MotionWithAll, visitor: Visitor, lang: Language) {
    const { motion, amendments, present } = all
    const text = textsOf(this.messages, lang)
    const state = amendmentState(amendment)
    const names = await this.motionPage.namesFor(all)
    const by = this.motionPage.proposerName(text, amendment, names)
    // Once it is settled it stands as it was offered: against the text that it was written for.
    const offered = state === 'offered' && !motion.withdrawnAt
    const base = offered ? present : amendment.baseText
    const amended = offered ? amendedText(amendment, present) : amendment.text
    const isNext = nextAmendment(amendments)?.id === amendment.id
    const number =
      amendment.year && formatDecisionNumber({ year: amendment.year, sequence: amendment.sequence! })
    return {
      title: amendment.title,
      ...{ amendment, motion },
      pre: this.motionPage.pre(text, motion, lang),
      state: { label: text(`amendments.state.${state}`), tone: TONES[state] ?? 'neutral' },
      facts: amendmentFacts(text, amendment, by, lang),
      conflicts: amended === null,
      moved: offered && amended !== null && amendment.baseText !== present,
      difference: textDifference(amended === null ? amendment.baseText : base, amended ?? amendment.text),
      amended: amended ?? amendment.text,
      rule: ruleInWords(text, await this.electorate.ruleOn(motion.heldOn, 'amendment')),
      mayWithdraw: offered && this.proposers.actsFor(visitor, amendment),
      maySetAside: offered && visitor.has('chair') && !this.motionPage.isOver(motion),
      mayOpen: offered && isNext && amended !== null && this.motionPage.chairMayOpen(visitor, motion),
      links: [
        ...(amendment.pollId
          ? [
              {
                href: `/stemmingen/${amendment.pollId}`,
                label: text(number ? 'motion.toResult' : 'motion.toPoll'),
              },
            ]
          : []),
        ...(number ? [{ href: `/besluiten/${number}`, label: text('result.toDecision', { number }) }] : []),
        { href: `/voorstellen/${motion.id}`, label: text('amendments.toMotion') },
      ],
    }
  }
}
