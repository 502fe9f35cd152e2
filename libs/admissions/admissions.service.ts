import { Inject, Injectable } from '@nestjs/common'
import { Assemblies, type AuthorisingDecision } from '#assemblies'
import { Guarantees } from '#guarantees'
import { formatCents } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Tx, type Visitor } from '#platform'
import { type StatuteSetting, Statutes } from '#statutes'
import { ADMISSION } from './deciding.service.js'
import { type Candidate, type DuplicateReason, likelyDuplicates } from './rules/duplicates.js'
import { mayRecordDecision } from './rules/who-decides.js'
import {
  type ApplicationRecord,
  type RecordedFinding,
  readApplication,
  readFindings,
  readOfMembers,
  readSubmitted,
} from './store/application-records.js'
import { readKeptFiles } from './store/evidence-records.js'

/** Someone who may be the same organisation: a member, or another application. */
export interface Duplicate {
  name: string
  href: string
  reference: string
  reasons: DuplicateReason[]
}

/** An application as who assesses and decides sees it. */
export interface ApplicationFile {
  application: ApplicationRecord
  findings: RecordedFinding[]
  /** The files that still have their content. */
  kept: ReadonlySet<string>
  duplicates: Duplicate[]
  organ: StatuteSetting<'admissionOrgan'>
  /** What the assembly decided on it; null while it did not, or need not. */
  assemblyDecision: AuthorisingDecision | null
}

const STAFF = ['serviceTeam', 'director', 'secretary', 'teamLead', 'chair'] as const

/** Reading applications: the list, one file, and what there is to do. */
@Injectable()
export class Admissions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Members) private readonly members: Members,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Every application that was submitted at some time, the latest first. */
  submitted(): Promise<ApplicationRecord[]> {
    return readSubmitted(this.database.read)
  }

  /** One application that was submitted at some time, or null. */
  async file(id: string): Promise<ApplicationFile | null> {
    return this.database.snapshot(async (tx) => {
      const application = await readApplication(tx, id)
      if (!application || application.versions.length === 0) return null
      const organ = (await this.statutes.asOf(this.clock.today(), tx)).get('admissionOrgan')
      const others = [...(await readSubmitted(tx)).map(candidateOf), ...(await this.memberCandidates(tx))]
      return {
        application,
        findings: await readFindings(tx, id),
        kept: new Set(await readKeptFiles(tx, id)),
        // Who was admitted on it is no duplicate of it.
        duplicates: likelyDuplicates(candidateOf(application), others)
          .filter(({ other }) => other.id !== application.decision?.memberId)
          .map(({ other: { name, href, reference }, reasons }) => ({ name, href, reference, reasons })),
        organ,
        assemblyDecision: await this.assemblies.decisionAuthorising(tx, ADMISSION, id),
      }
    })
  }

  /** To assess, to decide on, and the guarantee that a new member had in mind. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    return [...(await this.staffTasks(visitor)), ...(await this.guaranteeTasks(visitor))]
  }

  /** Submissions and decisions, for who assesses and decides; the own admission for a delegate. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const staff = visitor.has(...STAFF)
    const shown = staff ? await this.submitted() : await this.ofOwnMembers(visitor)
    return shown.flatMap(({ id, reference, versions, decision }) => {
      const version = versions[0]!
      const values = { name: version.content.organisation.name, reference: reference ?? '' }
      const href = staff ? `/aanmeldingen/${id}` : null
      const happened = decision
        ? { key: `admissions.happenings.${decision.outcome}`, values, href, at: decision.at }
        : null
      const submitted = { key: 'admissions.happenings.submitted', values, href, at: version.submittedAt }
      return [...(happened ? [happened] : []), ...(staff ? [submitted] : [])]
    })
  }

  private async staffTasks(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('serviceTeam', 'director', 'secretary', 'chair')) return []
    const open = (await this.submitted()).filter(({ state }) => state === 'submitted' || state === 'advised')
    if (open.length === 0) return []
    const organ = (await this.statutes.asOf(this.clock.today())).get('admissionOrgan').value
    const decides = mayRecordDecision(
      organ,
      visitor.roles.map(({ role }) => role),
    )
    return open.flatMap(({ id, reference, state, versions }) => {
      const mine = state === 'submitted' ? visitor.has('serviceTeam') : decides
      if (!mine) return []
      return {
        key: state === 'submitted' ? 'admissions.tasks.assess' : 'admissions.tasks.decide',
        values: { name: versions[0]!.content.organisation.name, reference: reference ?? '' },
        href: `/aanmeldingen/${id}`,
        dueOn: null,
        openNow: false,
      }
    })
  }

  /** A pledge is the member's own act (BW 2:59): what was intended is a reminder, until something is pledged. */
  private async guaranteeTasks(visitor: Visitor): Promise<Task[]> {
    const intended = (await this.ofOwnMembers(visitor)).filter(
      ({ decision }) => decision && decision.intendedGuaranteeCents > 0n,
    )
    if (intended.length === 0 || (await this.guarantees.years()).length === 0) return []
    const holders = new Set(
      (await this.guarantees.holdersOn(this.clock.today())).map(({ memberId }) => memberId),
    )
    return intended
      .filter(({ decision }) => !holders.has(decision?.memberId ?? ''))
      .map(({ versions, decision }) => ({
        key: 'admissions.tasks.pledge',
        values: {
          name: versions[0]!.content.organisation.name,
          amount: formatCents(decision!.intendedGuaranteeCents),
        },
        href: '/garanties',
        dueOn: null,
        openNow: false,
      }))
  }

  private async ofOwnMembers(visitor: Visitor): Promise<ApplicationRecord[]> {
    const memberIds = visitor.scopesOf('delegate')
    return memberIds.length === 0 ? [] : readOfMembers(this.database.read, memberIds)
  }

  private async memberCandidates(tx: Tx) {
    const today = this.clock.today()
    const [members, details] = [await this.members.asOf(today, tx), await this.members.allDetails(today, tx)]
    return members.map(({ id, name, number }) => {
      const { chamberNumber = null, rsin = null, street, postalCode } = details.get(id) ?? {}
      return {
        id,
        name,
        href: `/leden/${number}`,
        reference: String(number),
        chamberNumber,
        rsin,
        address: street && postalCode ? addressOf({ street, postalCode }) : null,
      }
    })
  }
}

function candidateOf({ id, reference, versions }: ApplicationRecord): Candidate & Omit<Duplicate, 'reasons'> {
  const { organisation } = versions[0]!.content
  return {
    id,
    name: organisation.name,
    chamberNumber: organisation.chamberNumber,
    rsin: organisation.rsin,
    address: addressOf(organisation),
    href: `/aanmeldingen/${id}`,
    reference: reference ?? '',
  }
}

function addressOf({ street, postalCode }: { street: string; postalCode: string }): string {
  return `${street} ${postalCode}`
}
