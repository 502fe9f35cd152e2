import { Inject, Injectable } from '@nestjs/common'
import { canonicalJson, type Day, isDay, RuleViolated } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import {
  Audit,
  Clock,
  CONFIG,
  type Config,
  Database,
  Ids,
  type Role,
  sha256Hex,
  type Tx,
  type Visitor,
} from '#platform'
import { type StatuteKey, Statutes } from '#statutes'
import { Guarantees } from '../guarantees.service.js'
import {
  balanceOf,
  type CertificateContent,
  type CertificateStanding,
  certificateCode,
  certifiedMovements,
  isNothing,
  readCertificate,
  readCertificateCode,
  standingOf,
} from '../rules/certificate.js'
import { positionOf } from '../rules/movements.js'
import { findCertificate, keepCertificate, readCertificates } from '../store/certificate.store.js'
import type { GuaranteeCertificateRow } from '../store/certificate-entities.js'
import type { GuaranteeMovement } from '../store/guarantee-register.store.js'

/** A certificate as it was issued; its content is null once it was erased. */
export interface Certificate extends Omit<GuaranteeCertificateRow, 'content'> {
  content: CertificateContent | null
  /** The very text that the hash is of. */
  text: string
}

/** Who may see the certificates and statements of every holder, and issue one for any of them. */
export const GUARANTEE_STAFF: readonly Role[] = ['director', 'controller', 'auditCommittee', 'serviceTeam']

/** The rules of the statutes that a certificate refers to, as they held on its day. */
const ARTICLES: readonly StatuteKey[] = [
  ...([
    'guaranteeRate',
    'directorCap',
    'guaranteeNoticeWeeks',
    'callDueDays',
    'distributionSharers',
  ] as const),
]
const MOST_SHOWN = 50

/** Certificates of what a member stands surety for on a day: issued, found again, and checked. */
@Injectable()
export class GuaranteeCertificates {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(CONFIG) private readonly config: Pick<Config, 'cooperativeName'>,
  ) {}

  /**
   * Issues a certificate of a day until today. What it says is its identity: as long as that is the same, a repeat
   * answers with the one that stands.
   * @throws RuleViolated `certificate.notYourMember`, `certificate.noDay`, `certificate.nothing`
   */
  async issue(visitor: Visitor, { memberId, day }: { memberId: string; day: string }): Promise<string> {
    if (!mayReadCertificates(visitor, memberId)) throw RuleViolated.of('certificate.notYourMember', {}, 'lid')
    if (!isDay(day) || day > this.clock.today()) throw RuleViolated.of('certificate.noDay', {}, 'dag')
    return this.database.transaction(async (tx) => {
      const member = await this.members.find(memberId, this.clock.today(), tx)
      const movements = await this.guarantees.movements(tx, { through: day })
      const id = member && (await this.write(tx, { member, day, movements, by: visitor.personId }))
      if (!id) throw RuleViolated.of('certificate.nothing', { member: member?.name ?? '?' }, 'dag')
      return id
    })
  }

  /**
   * Writes the certificate of a member and a day, when there is a guarantee on it.
   * @param given.movements at least those through the day
   * @returns the id of the certificate; null when there is nothing to certify
   */
  async write(
    tx: Tx,
    given: {
      member: MemberOnDay
      day: Day
      movements: readonly GuaranteeMovement[]
      by: string | null
      at?: Date
    },
  ): Promise<string | null> {
    const { member, day, movements, by, at = this.clock.now() } = given
    const balance = balanceOf(positionOf(movements, member.id, day))
    if (isNothing(balance)) return null
    const content: CertificateContent = {
      ...{ format: 'samen-garantiebewijs', version: 1, cooperative: this.config.cooperativeName },
      member: { id: member.id, number: member.number, name: member.name },
      subsidyYear: await this.subsidyYearOn(tx, day),
      ...{ day, balance, movements: certifiedMovements(movements, member.id, day) },
      articles: await this.articlesOn(tx, day),
    }
    const text = canonicalJson(content)
    const sha256 = sha256Hex(text)
    const id = this.ids.next()
    const row = { id, memberId: member.id, onDay: day, content: text, sha256, issuedAt: at, issuedBy: by }
    const standing = await keepCertificate(tx, { ...row, code: certificateCode(sha256) })
    if (standing === id)
      await this.audit.record(tx, {
        actorId: by,
        action: 'certificate.issued',
        subject: { kind: 'guaranteeCertificate', id },
        details: { memberId: member.id, onDay: day, sha256 },
      })
    return standing
  }

  /** Null when there is none with this id. */
  async find(id: string, tx: Tx = this.database.read): Promise<Certificate | null> {
    const row = await findCertificate(tx, { id })
    return row && opened(row)
  }

  /** The last ones that were issued to the visitor's own members; to anybody, for staff. */
  async shownTo(visitor: Visitor): Promise<Certificate[]> {
    const whose = visitor.has(...GUARANTEE_STAFF) ? ('all' as const) : visitor.scopesOf('delegate')
    return (await readCertificates(this.database.read, whose, MOST_SHOWN)).map(opened)
  }

  /** What somebody was given the code of, and whether it still says how it is; null when there is none. */
  async check(
    typed: string,
  ): Promise<{ certificate: Certificate; standing: CertificateStanding | null } | null> {
    const code = readCertificateCode(typed)
    const row = code && (await findCertificate(this.database.read, { code }))
    if (!row) return null
    const certificate = opened(row)
    return { certificate, standing: await this.standingOf(certificate) }
  }

  /** Null of one that was erased. */
  async standingOf({ content, memberId, onDay }: Certificate): Promise<CertificateStanding | null> {
    if (!content) return null
    const today = this.clock.today()
    const movements = await this.guarantees.movements(this.database.read, { through: today })
    const [then, now] = [onDay, today].map((day) => balanceOf(positionOf(movements, memberId, day)))
    return standingOf(content.balance, then!, now!)
  }

  private async subsidyYearOn(tx: Tx, day: Day): Promise<number | null> {
    const year = (await this.guarantees.years(tx)).find((one) => String(one.year) <= day.slice(0, 4))
    return year?.year ?? null
  }

  private async articlesOn(tx: Tx, day: Day): Promise<CertificateContent['articles']> {
    const book = await this.statutes.asOf(day, tx)
    return ARTICLES.flatMap((key) => {
      const article = book.find(key)?.article
      return article ? [{ key, article }] : []
    })
  }
}

export function mayReadCertificates(visitor: Visitor, memberId: string): boolean {
  return visitor.has(...GUARANTEE_STAFF) || visitor.hasFor('delegate', memberId)
}

function opened({ content, ...row }: GuaranteeCertificateRow): Certificate {
  return { ...row, content: readCertificate(content), text: content }
}
