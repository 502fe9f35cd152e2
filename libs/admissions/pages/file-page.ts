import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { Assemblies } from '#assemblies'
import type { Violation } from '#kernel'
import { readChamberNumber, readPostalCode, readRsin } from '#members'
import { formErrors, type Language, Messages, type Page, page, type Visitor } from '#platform'
import type { ApplicationFile } from '../admissions.service.js'
import { findings } from '../rules/assessment.js'
import type { Draft } from '../rules/steps.js'
import { mayRecordDecision } from '../rules/who-decides.js'
import type { SubmittedVersion } from '../store/application-records.js'
import { outcomeChoices } from './assessment-form.js'
import { contentGroups } from './content-groups.js'
import { sizeText } from './evidence-items.js'
import { stateTone } from './state-tone.js'

/** A form that was refused: which one, what was typed, and what is wrong. */
export interface RefusedForm {
  form: 'assessment' | 'decision'
  typed: Record<string, string>
  violations: readonly Violation[]
}

type SentEvidence = NonNullable<SubmittedVersion['content']['criteria'][number]['evidence']>

/** Builds the page of one application for who assesses and decides. */
@Injectable()
export class FilePage {
  constructor(
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async build(
    lang: Language,
    visitor: Visitor,
    file: ApplicationFile,
    refused: RefusedForm | null = null,
    done: string | null = null,
  ): Promise<Page> {
    const { application, organ } = file
    const version = application.versions[0]!
    const { content } = version
    const roles = visitor.roles.map(({ role }) => role)
    const errors = refused ? formErrors(this.messages, lang, refused.violations) : null
    return page(
      'libs/admissions/pages/views/file.hbs',
      {
        title: content.organisation.name,
        reference: application.reference,
        kindName: this.text(lang, `kinds.${content.kind}`),
        stateName: this.text(lang, `states.${application.state}`),
        stateTone: stateTone(application.state),
        version,
        errors,
        done: done && { heading: this.text(lang, `done.${done}`), text: this.text(lang, `done.${done}Text`) },
        decision: application.decision,
        duplicates: this.duplicateRows(lang, file),
        duplicateColumns: ['name', 'reference', 'why'].map((key) => ({
          label: this.text(lang, `duplicates.${key}`),
        })),
        groups: await contentGroups(
          this.messages,
          lang,
          { draft: draftOf(version), evidence: [] },
          { readChamberNumber, readRsin, readPostalCode, criteria: content.criteria, neighbourhoods: [] },
          this.areas,
          null,
        ),
        criteria: this.criteria(lang, file),
        assessment:
          application.state === 'submitted' && visitor.has('serviceTeam')
            ? this.assessment(lang, application.id, version, refused)
            : null,
        review: version.review && {
          ...version.review,
          heading: this.text(lang, `review.${version.review.outcome}`),
        },
        earlier: application.versions.slice(1).map((one) => ({
          ...one,
          files: one.content.criteria.flatMap(({ evidence = [] }) => this.files(lang, file, evidence)),
        })),
        decide:
          application.state === 'advised' && mayRecordDecision(organ.value, roles)
            ? await this.decide(lang, file, refused)
            : null,
      },
      errors ? 422 : 200,
    )
  }

  private duplicateRows(lang: Language, { duplicates }: ApplicationFile): unknown[][] {
    return duplicates.map(({ name, href, reference, reasons }) => [
      { value: name, href },
      reference,
      reasons.map((reason) => this.text(lang, `reasons.${reason}`)).join(', '),
    ])
  }

  private files(lang: Language, { application, kept }: ApplicationFile, evidence: SentEvidence): object[] {
    return evidence.map(({ id, ...one }) => ({
      name: one.name,
      href: kept.has(id) ? `/aanmeldingen/${application.id}/bewijs/${id}` : null,
      size: kept.has(id)
        ? sizeText(this.messages, lang, one)
        : this.messages.text(lang, 'admissions.evidence.erased'),
      note: one.sha256,
    }))
  }

  private criteria(lang: Language, file: ApplicationFile): object[] {
    const { application, findings: found } = file
    const version = application.versions[0]!
    return version.content.criteria.map(({ key, text, article, explanation, evidence = [] }) => {
      const finding = found.find(({ criterion }) => criterion === key)
      return {
        text,
        article,
        explanation,
        files: this.files(lang, file, evidence),
        findingName: `oordeel.${key}`,
        noteName: `toelichting.${key}`,
        options: findings.map((value) => ({ value, label: this.text(lang, `findings.${value}`) })),
        question: this.messages.text(lang, 'admissions.assess.question'),
        value: finding?.finding ?? '',
        note: finding?.note ?? '',
        found: finding && { ...finding, label: this.text(lang, `findings.${finding.finding}`) },
      }
    })
  }

  private assessment(
    lang: Language,
    id: string,
    version: SubmittedVersion,
    refused: RefusedForm | null,
  ): object {
    return {
      action: `/aanmeldingen/${id}/beoordeling`,
      number: version.number,
      typed: refused?.form === 'assessment' ? refused.typed : null,
      outcomes: outcomeChoices.map((value) => ({
        value,
        label: this.text(lang, `outcomes.${value}`),
        hint: this.text(lang, `outcomes.${value}Hint`),
      })),
    }
  }

  private async decide(lang: Language, file: ApplicationFile, refused: RefusedForm | null): Promise<object> {
    const { application, organ, assemblyDecision } = file
    const byAssembly = organ.value === 'assembly'
    const unended = byAssembly && !assemblyDecision ? await this.assemblies.runningOrUpcoming() : []
    return {
      action: `/aanmeldingen/${application.id}/besluit`,
      agendaAction: `/aanmeldingen/${application.id}/voorstel`,
      article: organ.article,
      explained: this.messages.text(lang, `admissions.decide.${organ.value}`, { article: organ.article }),
      form: !byAssembly || assemblyDecision !== null,
      assemblyDecision,
      assemblies: unended.map(({ id, title }) => ({ value: id, label: title })),
      waitsForAssembly: byAssembly && !assemblyDecision,
      typed: refused?.form === 'decision' ? refused.typed : null,
      outcomes: (['admitted', 'refused'] as const)
        .filter((outcome) => !assemblyDecision || assemblyDecision.adopted === (outcome === 'admitted'))
        .map((value) => ({
          value,
          label: this.text(lang, `decide.${value}`),
          hint: this.text(lang, `decide.${value}Hint`),
        })),
    }
  }

  private text(lang: Language, key: string): string {
    return this.messages.text(lang, `admissions.${key}`)
  }
}

/** What was sent, in the fields of the form, so that both are shown in the same way. */
function draftOf({ content }: SubmittedVersion): Draft {
  const { organisation, contact, delegate } = content
  const cents = content.intendedGuaranteeCents
  return {
    naam: organisation.name,
    rechtsvorm: organisation.legalForm,
    kvk: organisation.chamberNumber,
    rsin: organisation.rsin ?? '',
    straat: organisation.street,
    postcode: organisation.postalCode,
    plaats: organisation.city,
    soort: content.kind,
    contactNaam: contact.name,
    contactEmail: contact.email,
    contactTelefoon: contact.phone,
    afgevaardigdeNaam: delegate.name,
    afgevaardigdeEmail: delegate.email,
    onderschrijft: 'ja',
    garantie: cents === 0n ? '' : `${cents / 100n},${String(cents % 100n).padStart(2, '0')}`,
    ...Object.fromEntries(content.neighbourhoods.map((number) => [`buurt.${number}`, 'ja'])),
    ...Object.fromEntries(content.criteria.map(({ key, explanation }) => [`criterium.${key}`, explanation])),
  }
}
