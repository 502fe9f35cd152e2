import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, type Role, type Tx, type Visitor } from '#platform'
import { checkMeans, type DeclaredMeans } from '../rules/means.js'
import { findMeans, insertMeans, readLastMeans, readMeansOf } from '../store/means.store.js'
import type { GuaranteeMeansRow } from '../store/means-entities.js'

/** A declaration as a delegate sends it in. */
export interface MeansRequest extends DeclaredMeans {
  memberId: string
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
}

/** Who sees the amounts of every member; its own delegates see those of the member, everyone else only that it declared. */
export const MEANS_READERS: readonly Role[] = ['director', 'controller', 'auditCommittee']

/** What members declare of their means, once a year or never; a correction is a newer declaration. */
@Injectable()
export class MeansDeclarations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** For the year under way only: of an earlier one the shares were proposed already. */
  isOpen(year: number): boolean {
    return String(year) === this.clock.today().slice(0, 4)
  }

  /**
   * Declares the means of the visitor's own member for this year. A repeat (same request key) records nothing and
   * answers with the first. The audit log says that it happened, not what was declared.
   * @throws RuleViolated `means.notYourMember`, `means.notAMember`, `means.otherYear`, `means.requestKeyReused`, and
   * the codes of `checkMeans`
   */
  async declare(visitor: Visitor, request: MeansRequest): Promise<{ id: string; repeated: boolean }> {
    const { memberId, year } = request
    if (!visitor.hasFor('delegate', memberId)) throw RuleViolated.of('means.notYourMember')
    if (!this.isOpen(year)) throw RuleViolated.of('means.otherYear', { year: String(year) })
    RuleViolated.throwIfAny(checkMeans(request))
    return this.database.transaction(async (tx) => {
      const member = await this.members.find(memberId, this.clock.today(), tx)
      if (member?.status !== 'member') throw RuleViolated.of('means.notAMember')
      const id = await this.enter(tx, request, visitor.personId)
      if (id) return { id, repeated: false }
      return { id: sameRequest((await findMeans(tx, request.requestKey))!, request).id, repeated: true }
    })
  }

  /** Records a declaration without the checks on who declares it. @returns null for a repeat */
  async enter(
    tx: Tx,
    request: MeansRequest,
    by: string | null,
    at = this.clock.now(),
  ): Promise<string | null> {
    const { memberId, year, accountsYear, equityCents, incomeCents, remark, requestKey } = request
    const id = this.ids.next()
    const amounts = { equityCents, incomeCents, remark }
    const row = { id, memberId, year, accountsYear, ...amounts, requestKey, declaredAt: at, declaredBy: by }
    if (!(await insertMeans(tx, row))) return null
    await this.audit.record(tx, {
      actorId: by,
      action: 'means.declared',
      subject: { kind: 'guaranteeMeans', id },
      details: { memberId, year, accountsYear },
    })
    return id
  }

  /** What the visitor's own members declared, of every year, the last one first. */
  ownOf(visitor: Visitor, tx: Tx = this.database.read): Promise<GuaranteeMeansRow[]> {
    return readMeansOf(tx, visitor.scopesOf('delegate'))
  }

  /** What counts of a year, by member. Confidential: see {@link MEANS_READERS}. */
  lastOf(year: number, tx: Tx = this.database.read): Promise<Map<string, GuaranteeMeansRow>> {
    return readLastMeans(tx, year)
  }
}

function sameRequest(earlier: GuaranteeMeansRow, request: MeansRequest): GuaranteeMeansRow {
  const same = (['memberId', 'year', 'equityCents', 'incomeCents', 'accountsYear', 'remark'] as const).every(
    (key) => earlier[key] === request[key],
  )
  if (!same) throw RuleViolated.of('means.requestKeyReused')
  return earlier
}
