import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Agreement, Agreements, type AgreementVersion, versionOn } from '#agreements'
import { Files } from '#files'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Upload, type Visitor } from '#platform'
import { CASE_FILES } from './acting.service.js'
import { InterventionNotices } from './intervention-notices.js'
import { Interventions, onlookerOf } from './interventions.service.js'
import { actorsFor } from './rules/actors.js'
import type { Direction } from './rules/steps.js'
import { findCase, insertCase, insertEvent, nextCaseNumber } from './store/case.store.js'
import type { AboutKind } from './store/entities.js'

/** What a case is about, as the form names it: `indicator:uniek`. */
export interface AboutChoice {
  kind: AboutKind
  id: string
  label: string
}

/** A new case. */
export interface NewCase {
  /** Made with the form, so that sending it twice begins one case. */
  id: string
  subject: string
  reason: string
  /** One of {@link aboutChoices}, or empty. */
  about: string
  uploads: readonly Upload[]
}

/** Beginning a case: a signal by the serviceteam, or a notice of default by the counterparty. */
@Injectable()
export class InterventionStarting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Interventions) private readonly interventions: Interventions,
    @Inject(InterventionNotices) private readonly notices: InterventionNotices,
  ) {}

  /**
   * Begins a case with the ladder of the agreement as it is today. The same form again finds it there.
   * @throws NotFoundException, RuleViolated `intervention.notYours`, `intervention.noAgreement`,
   * `intervention.chooseAbout`, and what is wrong with a file
   */
  async start(areaSlug: string, given: NewCase, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const agreement = await this.agreements.byArea(areaSlug, tx)
      if (!agreement) throw new NotFoundException()
      const direction = directionFor(visitor, agreement)
      if (!direction) throw RuleViolated.of('intervention.notYours')
      const version = governing(agreement, this.clock.today())
      if (!version) throw RuleViolated.of('intervention.noAgreement')
      const number = await nextCaseNumber(tx, agreement.id)
      const known = await findCase(tx, given.id)
      if (known?.startedBy === visitor.personId && known.agreementId === agreement.id) return
      if (known) throw RuleViolated.of('intervention.staleForm')
      await this.insert(tx, given, { agreement, version, number, direction }, visitor)
    })
  }

  private async insert(
    tx: Tx,
    given: NewCase,
    begun: { agreement: Agreement; version: AgreementVersion; number: number; direction: Direction },
    visitor: Visitor,
  ): Promise<void> {
    const { agreement, version, number, direction } = begun
    const about = given.about === '' ? null : aboutOf(version, given.about)
    const at = this.clock.now()
    await insertCase(tx, {
      ...{ id: given.id, agreementId: agreement.id, agreementVersionId: version.id, number, direction },
      ...{ subject: given.subject, ladder: { ...version.terms.ladder } },
      ...{ aboutKind: about?.kind ?? null, aboutId: about?.id ?? null, aboutLabel: about?.label ?? null },
      ...{ startedAt: at, startedBy: visitor.personId },
    })
    const fileIds: string[] = []
    for (const upload of given.uploads)
      fileIds.push((await this.files.keep(tx, upload, CASE_FILES, visitor.personId)).id)
    const first = {
      ...{ id: this.ids.next(), caseId: given.id, number: 1, reason: given.reason },
      act: direction === 'toCounterparty' ? ('signal' as const) : ('giveNotice' as const),
      actor: direction === 'toCounterparty' ? ('staff' as const) : ('counterparty' as const),
      ...{ meetsOn: null, meetsAt: null, dueOn: null, assemblyId: null, motionId: null },
      ...{ recordedAt: at, recordedBy: visitor.personId },
    }
    await insertEvent(tx, first, fileIds)
    await this.audit.record(tx, {
      ...{ actorId: visitor.personId, action: `intervention.${first.act}` },
      subject: { kind: 'intervention', id: given.id },
      details: { area: agreement.areaSlug, number, about: given.about, files: fileIds.length },
    })
    await this.notices.done(tx, (await this.interventions.find(given.id, tx))!, first, visitor)
  }
}

/** Which way a case runs that this visitor begins; null when the visitor can't begin one. */
export function directionFor(visitor: Visitor, agreement: Agreement): Direction | null {
  const able = actorsFor(onlookerOf(visitor, agreement), [])
  if (able.includes('counterparty')) return 'toCooperative'
  return able.includes('staff') ? 'toCounterparty' : null
}

/** The version that holds, or after the end of the agreement the last one that held. */
export function governing(agreement: Agreement, today: Day): AgreementVersion | null {
  const day = today <= agreement.endsOn ? today : agreement.endsOn
  return versionOn(agreement, day)
}

/** What a case can be about: an indicator, a line or a clause of the version that holds. */
export function aboutChoices({ terms }: AgreementVersion): (AboutChoice & { value: string })[] {
  const choice = (kind: AboutKind) => (one: { id: string; label: string }) => ({
    ...{ value: `${kind}:${one.id}`, kind, id: one.id, label: one.label },
  })
  return [
    ...terms.indicators.map(choice('indicator')),
    ...terms.lines.map(choice('line')),
    ...terms.clauses.map(({ id, heading }) => choice('clause')({ id, label: heading })),
  ]
}

function aboutOf(version: AgreementVersion, value: string): AboutChoice {
  const found = aboutChoices(version).find((one) => one.value === value)
  if (!found) throw RuleViolated.of('intervention.chooseAbout', {}, 'waarover')
  return found
}
