import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { dayOf, type Violation } from '#kernel'
import { formErrors, type Language, Messages, type Page, page, type ShownError } from '#platform'
import { Criteria } from '../criteria.service.js'
import { Evidence } from '../evidence.service.js'
import { type ContentTerms, checkStep, kindOf, legalForms } from '../rules/application-content.js'
import { mayAct } from '../rules/application-state.js'
import { type EvidenceFile, evidenceField } from '../rules/evidence.js'
import { draftKeptUntil } from '../rules/retention.js'
import { type Draft, filledSteps, type Step, steps } from '../rules/steps.js'
import type { ApplicationRecord } from '../store/application-records.js'
import { contentGroups } from './content-groups.js'
import { acceptedFiles, sizeText } from './evidence-items.js'

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
    @Inject(Evidence) private readonly evidence: Evidence,
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
        ...(await this.choices(lang, step, key, application, terms)),
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
      keptUntil: state === 'draft' ? draftKeptUntil(dayOf(application.savedAt)) : null,
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
    { id, draft }: ApplicationRecord,
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
          accept: acceptedFiles,
          criteria: await this.criteriaFields(lang, key, id, terms),
        }
      case 'controle':
        return {
          groups: await contentGroups(
            this.messages,
            lang,
            { draft, evidence: await this.evidence.ofDraft(id) },
            terms,
            this.areas,
            `/aanmelden/${key}`,
          ),
        }
      default:
        return {}
    }
  }

  private async criteriaFields(
    lang: Language,
    key: string,
    applicationId: string,
    { criteria }: ContentTerms,
  ): Promise<object[]> {
    const evidence = await this.evidence.ofDraft(applicationId)
    const shown = (file: EvidenceFile) => ({
      name: file.name,
      href: `/aanmelden/${key}/bewijs/${file.id}`,
      size: sizeText(this.messages, lang, file),
      removeName: 'verwijder',
      removeValue: `${file.criterion}.${file.id}`,
      removeLabel: this.messages.text(lang, 'admissions.evidence.remove'),
    })
    return criteria.map((one) => ({
      ...one,
      name: `criterium.${one.key}`,
      filesName: evidenceField(one.key),
      files: evidence.filter(({ criterion }) => criterion === one.key).map(shown),
    }))
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
