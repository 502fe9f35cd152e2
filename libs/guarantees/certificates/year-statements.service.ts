import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type Holder as Addressee, People } from '#identity'
import { canonicalJson, type Day } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Notices, type NoticeToSend } from '#notices'
import { Audit, Clock, DailyWork, Database, sha256Hex, type Tx } from '#platform'
import { Guarantees } from '../guarantees.service.js'
import { lastDayOf, readStatement, statementOf, type YearStatement } from '../rules/year-statement.js'
import { insertStatement, readStatements, readStatementYears } from '../store/certificate.store.js'
import type { GuaranteeStatementRow } from '../store/certificate-entities.js'
import type { GuaranteeMovement } from '../store/guarantee-register.store.js'
import { GuaranteeCertificates } from './guarantee-certificates.service.js'

/** A statement as the holder got it; its content is null once it was erased. */
export interface MadeStatement extends Omit<GuaranteeStatementRow, 'content'> {
  content: YearStatement | null
}

/** What each holder's guarantee did in a year, told once, in January of the next year. */
@Injectable()
export class YearStatements implements OnModuleInit {
  constructor(
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(GuaranteeCertificates) private readonly certificates: GuaranteeCertificates,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.add('guarantee-statements', (today) => this.makeDue(today))
  }

  /**
   * Makes the statements of the year before this day, from 1 January on and later when that was missed. The primary
   * key lets one through for each member and year; its notice goes in the same transaction.
   * @returns how many were made now
   */
  async makeDue(today: Day): Promise<number> {
    const year = Number(today.slice(0, 4)) - 1
    return this.database.transaction(async (tx) => {
      const made = await this.make(tx, year)
      for (const one of made) await this.notices.send(tx, await this.noticesOf(tx, today, one))
      return made.length
    })
  }

  /** Makes the statements of a year that are not there yet, and tells nobody. @returns those that were made now */
  async make(tx: Tx, year: number, at = this.clock.now()): Promise<MadeStatement[]> {
    const there = new Set((await readStatements(tx, { year })).map(({ memberId }) => memberId))
    const movements = await this.guarantees.movements(tx, { through: lastDayOf(year) })
    const holders = new Set(movements.map(({ memberId }) => memberId))
    const members = (await this.members.asOf(this.clock.today(), tx)).filter(
      ({ id }) => holders.has(id) && !there.has(id),
    )
    const made: MadeStatement[] = []
    for (const member of members) {
      const statement = await this.makeOne(tx, member, movements, { year, at })
      if (statement) made.push(statement)
    }
    return made
  }

  /** Statements of these members, or of all, of a year or of every year; the last year first. */
  async read(which: { memberIds?: readonly string[]; year?: number }): Promise<MadeStatement[]> {
    return (await readStatements(this.database.read, which)).map(opened)
  }

  /** The years of which statements were made, the last one first. */
  years(): Promise<number[]> {
    return readStatementYears(this.database.read)
  }

  private async makeOne(
    tx: Tx,
    member: MemberOnDay,
    movements: readonly GuaranteeMovement[],
    { year, at }: { year: number; at: Date },
  ): Promise<MadeStatement | null> {
    const { id: memberId, number, name } = member
    const statement = statementOf(movements, { id: memberId, number, name }, year)
    if (!statement) return null
    const day = lastDayOf(year)
    const certificateId = await this.certificates.write(tx, { member, day, movements, by: null, at })
    const content = canonicalJson(statement)
    const row = { memberId, year, content, sha256: sha256Hex(content), certificateId, madeAt: at }
    if (!(await insertStatement(tx, row))) return null
    await this.audit.record(tx, {
      actorId: null,
      action: 'guaranteeStatement.made',
      subject: { kind: 'member', id: memberId },
      details: { year, sha256: row.sha256 },
    })
    return opened(row)
  }

  /** To the delegates; of a member that has none any more to its contact. */
  private async noticesOf(tx: Tx, today: Day, { content, ...made }: MadeStatement): Promise<NoticeToSend[]> {
    const { memberId, year, certificateId } = made
    const of = async (role: 'delegate' | 'contact'): Promise<Addressee[]> =>
      (await this.people.holders(role, today, tx)).filter(({ scopeId }) => scopeId === memberId)
    const delegates = await of('delegate')
    const { member, opening, movements, closing } = content!
    const model = {
      ...{ memberName: member.name, year, opening, movements, closing },
      path: `/garanties/jaaroverzicht/${year}`,
      certificatePath: certificateId && `/garanties/certificaten/${certificateId}`,
    }
    return (delegates.length > 0 ? delegates : await of('contact')).map(({ personId, name, email }) => ({
      notice: 'guarantees/year-statement',
      to: { personId, name, email },
      model,
      key: `guarantee-statement:${year}:${memberId}:${personId}`,
    }))
  }
}

function opened({ content, ...row }: GuaranteeStatementRow): MadeStatement {
  return { ...row, content: readStatement(content) }
}
