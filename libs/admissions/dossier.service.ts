import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Files } from '#files'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import {
  type ApplicationRecord,
  type RecordedFinding,
  readFindings,
  readOfMembers,
} from './store/application-records.js'
import { ApplicationFileRow } from './store/entities.js'

/** The application on which a member was admitted, with what was found and decided, for its complete file. */
@Injectable()
export class AdmissionsDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
    @Inject(Files) private readonly files: Files,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('admissions', 30, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const sections: DossierSection[] = []
    for (const application of await readOfMembers(this.database.read, [memberId])) {
      const findings = await readFindings(this.database.read, application.id)
      sections.push(versionsOf(application), explanationsOf(application), findingsOf(findings))
      sections.push(decisionOf(application), await this.evidenceOf(application.id))
    }
    return sections
  }

  private async evidenceOf(applicationId: string): Promise<DossierSection> {
    const added = await this.database.read.getRepository(ApplicationFileRow).findBy({ applicationId })
    const about = await this.files.about(added.map(({ fileId }) => fileId))
    return {
      key: 'admissions.dossier.files',
      columns: ['name', 'criterion', 'bytes', 'sha256', 'addedAt', 'erasedAt'],
      rows: added
        .toSorted((a, b) => a.addedAt.getTime() - b.addedAt.getTime())
        .map(({ fileId, criterion, addedAt }) => {
          const file = about.get(fileId)
          return {
            name: file?.name ?? null,
            criterion,
            bytes: file?.bytes ?? null,
            sha256: file?.sha256 ?? null,
            addedAt: { at: addedAt },
            erasedAt: file?.erasedAt ? { at: file.erasedAt } : null,
          }
        }),
    }
  }
}

function versionsOf({ reference, versions }: ApplicationRecord): DossierSection {
  return {
    key: 'admissions.dossier.versions',
    columns: [
      ...[
        'reference',
        'version',
        'submittedAt',
        'name',
        'legalForm',
        'chamberNumber',
        'rsin',
        'address',
        'kind',
      ],
      ...['contactName', 'contactEmail', 'contactPhone', 'delegateName', 'delegateEmail', 'guarantee'],
      ...['answer', 'question'],
    ],
    rows: versions.toReversed().map(({ number, submittedAt, content, review }) => {
      const { organisation, contact, delegate } = content
      return {
        reference,
        version: number,
        submittedAt: { at: submittedAt },
        name: organisation.name,
        legalForm: { word: `admissions.legalForms.${organisation.legalForm}` },
        chamberNumber: organisation.chamberNumber,
        rsin: organisation.rsin,
        address: `${organisation.street}, ${organisation.postalCode} ${organisation.city}`,
        kind: { word: `admissions.kinds.${content.kind}` },
        contactName: contact.name,
        contactEmail: contact.email,
        contactPhone: contact.phone,
        delegateName: delegate.name,
        delegateEmail: delegate.email,
        guarantee: { cents: content.intendedGuaranteeCents },
        answer: content.answer,
        question: review?.message ?? null,
      }
    }),
  }
}

function explanationsOf({ versions }: ApplicationRecord): DossierSection {
  return {
    key: 'admissions.dossier.explanations',
    columns: ['version', 'criterion', 'explanation'],
    rows: versions
      .toReversed()
      .flatMap(({ number, content }) =>
        content.criteria.map(({ text, explanation }) => ({ version: number, criterion: text, explanation })),
      ),
  }
}

function findingsOf(findings: readonly RecordedFinding[]): DossierSection {
  return {
    key: 'admissions.dossier.findings',
    columns: ['criterion', 'finding', 'note', 'at', 'by'],
    rows: findings.map(({ criterion, finding, note, at, byName }) => ({
      criterion,
      finding: { word: `admissions.findings.${finding}` },
      note,
      at: { at },
      by: byName,
    })),
  }
}

function decisionOf({ decision }: ApplicationRecord): DossierSection {
  return {
    key: 'admissions.dossier.decision',
    columns: ['outcome', 'organ', 'article', 'reason', 'at'],
    rows: decision
      ? [
          {
            outcome: { word: `admissions.states.${decision.outcome}` },
            organ: { word: `admissions.dossier.organ.${decision.organ}` },
            article: decision.article,
            reason: decision.reason,
            at: { at: decision.at },
          },
        ]
      : [],
  }
}
