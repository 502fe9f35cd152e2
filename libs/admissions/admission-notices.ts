import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { NoticeModels, Notices } from '#notices'
import type { Tx } from '#platform'
import { ResumeLinks } from './resume-links.js'
import { DRAFT_DAYS } from './rules/retention.js'
import type { ApplicationRecord, SubmittedVersion } from './store/application-records.js'

/** Mails to applicants. Links are made when a mail is sent, so that none is kept. */
@Injectable()
export class AdmissionNotices implements OnModuleInit {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(NoticeModels) private readonly models: NoticeModels,
    @Inject(ResumeLinks) private readonly links: ResumeLinks,
  ) {}

  onModuleInit(): void {
    for (const notice of ['resume', 'received', 'question', 'refused']) {
      this.models.complete(`admissions/${notice}`, async ({ applicationId }) => ({
        link: await this.links.linkTo(String(applicationId)),
      }))
    }
  }

  /** The link to go on with an application that was started. */
  async started(tx: Tx, application: { id: string; name: string; address: string }): Promise<void> {
    const { id, name, address } = application
    await this.notices.send(tx, [
      {
        notice: 'admissions/resume',
        to: { personId: null, name, email: address },
        model: { applicationId: id, name, draftDays: DRAFT_DAYS },
        key: `admission-resume:${id}`,
      },
    ])
  }

  async received(tx: Tx, application: ApplicationRecord, version: SubmittedVersion): Promise<void> {
    await this.toContact(tx, 'received', application, version, {}, version.id)
  }

  async askedBack(
    tx: Tx,
    application: ApplicationRecord,
    version: SubmittedVersion,
    question: string,
  ): Promise<void> {
    await this.toContact(tx, 'question', application, version, { question }, version.id)
  }

  async refused(
    tx: Tx,
    application: ApplicationRecord,
    version: SubmittedVersion,
    reason: string,
  ): Promise<void> {
    await this.toContact(tx, 'refused', application, version, { reason }, application.id)
  }

  /** The welcome: to the delegate, and to the contact when that is someone else. */
  async admitted(
    tx: Tx,
    application: ApplicationRecord,
    { content }: SubmittedVersion,
    admission: { memberNumber: number; delegate: { personId: string; name: string; email: string } },
  ): Promise<void> {
    const { delegate, memberNumber } = admission
    const { contact, organisation, intendedGuaranteeCents } = content
    const model = {
      name: organisation.name,
      memberNumber,
      kind: content.kind,
      delegateName: delegate.name,
      delegateEmail: delegate.email,
      guarantee: intendedGuaranteeCents > 0n ? intendedGuaranteeCents.toString() : null,
    }
    const recipients = [
      { ...delegate, isDelegate: true },
      { personId: null, name: contact.name, email: contact.email, isDelegate: false },
    ].filter(({ email }, at, all) => all.findIndex((one) => one.email === email) === at)
    await this.notices.send(
      tx,
      recipients.map(({ isDelegate, ...to }) => ({
        notice: 'admissions/admitted',
        to,
        model: { ...model, isDelegate },
        key: `admission-admitted:${application.id}:${to.email}`,
      })),
    )
  }

  private async toContact(
    tx: Tx,
    notice: string,
    application: ApplicationRecord,
    { content }: SubmittedVersion,
    more: object,
    occasion: string,
  ): Promise<void> {
    const { contact, organisation } = content
    const { id, reference } = application
    await this.notices.send(tx, [
      {
        notice: `admissions/${notice}`,
        to: { personId: null, name: contact.name, email: contact.email },
        model: { applicationId: id, reference, name: organisation.name, ...more },
        key: `admission-${notice}:${occasion}`,
      },
    ])
  }
}
