import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import type { Violation } from '#kernel'
import { formErrors, type Language, Messages, type Page, page, type ShownError } from '#platform'
import { Criteria } from '../criteria.service.js'
import { type ContentTerms, checkStep, kindOf, legalForms } from '../rules/application-content.js'
import { mayAct } from '../rules/application-state.js'
import { type Draft, filledSteps, type Step, steps } from '../rules/steps.js'
import type { ApplicationRecord } from '../store/application-records.js'
import { contentGroups } from './content-groups.js'

const VIEWS = 'libs/admissions/pages/views'

/** What a step shows beside the draft. */
export interface ShownStep {
  violations?: readonly Violation[]
  /** What was typed on the last step, which keeps nothing. */
  typed?: Draft
  justStarted?: boolean
}

/** Builds the applicant's pages: one step of the form, and how the application stands. */
@Injectable()
export class FillingInPage {
  constructor(
    @Inject(Criteria) private readonly criteria: Criteria,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async step(
    lang: Language,
    key: string,
    application: ApplicationRecord,
    step: Step,
    { violations = [], typed = {}, justStarted = false }: ShownStep,
  ): Promise<Page> {
    const { draft } = application
    const terms = await this.criteria.termsFor(kindOf(draft))
    const heading = this.text(lang, `steps.${step}.heading`)
    const errors = this.errors(lang, step, violations)
    return page(
      `${VIEWS}/step-${step}.hbs`,
      {
        title: heading,
        heading,
        lead: this.text(lang, `steps.${step}.lead`),
        stepsMade: this.stepList(lang, key, draft, terms, step),
        action: step === 'controle' ? `/aanmelden/${key}/versies` : `/aanmelden/${key}/${step}`,
        base: `/aanmelden/${key}`,
        typed: { ...draft, ...typed },
        errors: errors.length > 0 ? errors : null,
        startedFor: justStarted ? application.address : null,
        question: application.state === 'askedBack' ? application.versions[0]?.review?.message : null,
        ...(await this.choices(lang, step, key, draft, terms)),
      },
      errors.length > 0 ? 422 : 200,
    )
  }

  async status(lang: Language, key: string, application: ApplicationRecord, saved: boolean): Promise<Page> {
    const { state, draft, versions, decision, reference } = application
    const terms = await this.criteria.termsFor(kindOf(draft))
    const open = mayAct(state, 'submit')
    const title = this.text(lang, `status.${state}`)
    const next = filledSteps.find((step) => checkStep(step, draft, terms).length > 0) ?? 'controle'
    return page(`${VIEWS}/status.hbs`, {
      title,
      name: versions[0]?.content.organisation.name ?? draft.naam ?? '',
      text: this.text(lang, `status.${state}Text`),
      stateName: state,
      base: `/aanmelden/${key}`,
      saved,
      open,
      address: application.address,
      continueHref: `/aanmelden/${key}/${next}`,
      mayWithdraw: mayAct(state, 'withdraw'),
      stepsMade: open ? this.stepList(lang, key, draft, terms, null) : null,
      reference,
      version: versions[0] ?? null,
      question: state === 'askedBack' ? versions[0]?.review?.message : null,
      decision,
    })
  }

  private stepList(
    lang: Language,
    key: string,
    draft: Draft,
    terms: ContentTerms,
    current: Step | null,
  ): object[] {
    return steps.map((step) => ({
      label: this.text(lang, `steps.${step}.label`),
      href: step === current ? null : `/aanmelden/${key}/${step}`,
      state:
        step === current
          ? 'current'
          : step !== 'controle' && checkStep(step, draft, terms).length === 0
            ? 'done'
            : 'todo',
    }))
  }

  private async choices(
    lang: Language,
    step: Step,
    key: string,
    draft: Draft,
    terms: ContentTerms,
  ): Promise<object> {
    switch (step) {
      case 'organisatie':
        return { legalForms: this.options(lang, 'legalForms', legalForms) }
      case 'gebied':
        return {
          kinds: this.options(lang, 'kinds', ['voting', 'supporting']),
          districts: await this.districts(draft),
        }
      case 'criteria':
        return {
          kind: kindOf(draft),
          criteria: terms.criteria.map((one) => ({ ...one, name: `criterium.${one.key}` })),
        }
      case 'controle':
        return {
          groups: await contentGroups(this.messages, lang, draft, terms, this.areas, `/aanmelden/${key}`),
        }
      default:
        return {}
    }
  }

  private async districts(draft: Draft): Promise<object[]> {
    const [districts, all] = [await this.areas.districts(), await this.areas.neighbourhoods()]
    return districts.map(({ id, name }) => {
      const own = all.filter(({ districtId }) => districtId === id)
      return {
        name,
        neighbourhoods: own.map(({ number, name }) => ({ name: `buurt.${number}`, label: name })),
        chosen: own.some(({ number }) => draft[`buurt.${number}`] === 'ja'),
      }
    })
  }

  private options(lang: Language, group: string, values: readonly string[]) {
    return values.map((value) => ({
      value,
      label: this.text(lang, `${group}.${value}`),
      hint: this.messages.has(`admissions.${group}.${value}Hint`)
        ? this.text(lang, `${group}.${value}Hint`)
        : undefined,
    }))
  }

  /** On the last step a field is elsewhere, so what is wrong leads nowhere but says in which step it is. */
  private errors(lang: Language, step: Step, violations: readonly Violation[]): ShownError[] {
    const shown = formErrors(this.messages, lang, violations)
    return step === 'controle'
      ? shown.map((error) => (error.path === 'antwoord' ? error : { ...error, path: '' }))
      : shown
  }

  private text(lang: Language, key: string): string {
    return this.messages.text(lang, `admissions.${key}`)
  }
}
