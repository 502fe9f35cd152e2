import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { dayOf } from '#kernel'
import {
  Clock,
  type FieldError,
  formErrors,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type Visit,
} from '#platform'
import { InterventionActs, MOST_FILES } from '../acting.service.js'
import { type Words, wordsOf } from '../case-words.js'
import { actsOf, type KnownCase } from '../interventions.service.js'
import { daysFor, needsReason } from '../rules/check-act.js'
import type { Act, CaseState } from '../rules/steps.js'
import { slugOf, withReadableDays } from './act-words.js'
import { crumbsOf } from './case-page.js'

/** A form that was refused. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** One act of a case: what it means, what follows, and what it asks. */
@Injectable()
export class ActPage {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(InterventionActs) private readonly acts: InterventionActs,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @throws NotFoundException when the visitor can't do this now, unless it was just refused */
  async show({ lang, visitor, fresh }: Visit, known: KnownCase, act: Act, refused?: Refused): Promise<Page> {
    const permitted = actsOf(visitor, known).find((one) => one.act === act)
    if (!permitted && !refused) throw new NotFoundException()
    const words = wordsOf(this.messages, lang, known.agreement)
    const caseHref = `/ingrepen/${known.id}`
    const model = {
      title: words(`acts.${act}.label`),
      crumbs: [...crumbsOf(words, known), { href: caseHref, label: known.reference }],
      about: `${known.reference}: ${known.subject}`,
      explanation: words(`acts.${act}.lead`),
      after: permitted && permitted.to !== 'same' ? this.after(words, permitted.to) : '',
      ...{ action: `${caseHref}/stap/${slugOf(act)}`, caseHref },
      verb: words(`acts.${act}.verb`),
      seen: known.events.length,
      reasonLabel: words(`acts.${act}.reason`),
      reasonOptional: !needsReason(act),
      signInAgain: act === 'confirmTakeover' && !fresh,
      filesHint: words('form.filesHint', { count: MOST_FILES }),
      ...this.dayField(words, lang, known, act),
      ...(act === 'putToAssembly' ? await this.assemblies(lang) : {}),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, withReadableDays(lang, refused.errors)) : null,
    }
    return page('libs/interventions/pages/views/act.hbs', model, refused ? 422 : 200)
  }

  private after(words: Words, to: CaseState): string {
    return words('form.after', { next: words(`next.${to}`) })
  }

  private dayField(words: Words, lang: Language, known: KnownCase, act: Act) {
    const { direction, ladder, startedAt, now } = known
    if (!now.dueOn) return {}
    const today = this.clock.today()
    const span = daysFor(act, now, { direction, ladder, startedOn: dayOf(startedAt), today })
    if (!span) return {}
    return {
      dayLabel: words(act === 'extend' ? 'form.newDay' : 'form.day'),
      dayHint: words('form.dayHint', { from: longDay(lang, span.from), to: longDay(lang, span.to) }),
      dayValue: act === 'holdConversation' ? today : '',
      withTime: act === 'planConversation',
    }
  }

  private async assemblies(lang: Language) {
    const found = await this.acts.candidates()
    return {
      asksAssembly: true,
      assemblies: found.map(({ id, title, heldOn }) => ({
        value: id,
        label: `${title}, ${longDay(lang, heldOn)}`,
      })),
    }
  }
}
