import { createHmac, timingSafeEqual } from 'node:crypto'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { NoticeModels } from '#notices'
import { Audit, Clock, CONFIG, type Config, Database, Ids, isId, Secrets, sha256Hex } from '#platform'
import { ChangeNotices, changeNotices } from './change-notices.js'
import { lastDetails } from './held-details.js'
import { insertEvent, lockMember, type MemberChange, readChanges } from './store/change-records.js'

/** What a link in a notice stands for: a change, and who got the notice (null: an address without a person). */
export interface ObjectionKey {
  changeId: string
  personId: string | null
}

/**
 * "Dit klopt niet": whoever gets notice of a change can stop it with the link in that notice, without signing
 * in, since who can no longer sign in needs it most. Links are derived when the mail is made: none is stored.
 */
@Injectable()
export class Objections implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(NoticeModels) private readonly models: NoticeModels,
    @Inject(ChangeNotices) private readonly notices: ChangeNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    for (const notice of changeNotices) {
      this.models.complete(notice, async ({ changeId, personId }) => ({
        objectionLink: await this.linkTo({
          changeId: String(changeId),
          personId: isId(personId) ? personId : null,
        }),
      }))
    }
  }

  /** The part of the address that stands for a change and a receiver. */
  async keyOf({ changeId, personId }: ObjectionKey): Promise<string> {
    const claim = `${changeId}.${personId ?? ''}`
    return `${claim}.${await this.derive(claim)}`
  }

  /** What a key stands for; null when it is not one of ours. */
  async read(key: string): Promise<(ObjectionKey & { change: MemberChange }) | null> {
    const [changeId = '', personId = '', proof = ''] = key.split('.')
    if (!isId(changeId) || !same(proof, await this.derive(`${changeId}.${personId}`))) return null
    const [change] = await readChanges(this.database.read, { id: changeId })
    return change ? { changeId, personId: isId(personId) ? personId : null, change } : null
  }

  /**
   * Blocks a change that waits until the service team decides, or marks one that was carried out as contested.
   * Against one change there is one objection: a second changes nothing.
   * @throws RuleViolated `memberChange.nothingToStop` when it was refused or taken back
   */
  async object({ changeId, personId }: ObjectionKey, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [{ memberId } = { memberId: '' }] = await readChanges(tx, { id: changeId })
      await lockMember(tx, memberId)
      const [change] = await readChanges(tx, { id: changeId })
      if (!change) throw RuleViolated.of('memberChange.unknown')
      if (change.events.some(({ type }) => type === 'objected')) return
      if (change.state === 'refused' || change.state === 'withdrawn')
        throw RuleViolated.of('memberChange.nothingToStop')
      const event = {
        id: this.ids.next(),
        changeId,
        type: 'objected' as const,
        byPerson: personId,
        byAs: null,
      }
      await insertEvent(tx, { ...event, reason: reason.trim(), at: this.clock.now() })
      await this.audit.record(tx, {
        actorId: personId,
        action: 'memberChange.objected',
        subject: { kind: 'memberChange', id: changeId },
        details: { memberId, reference: change.reference },
      })
      const member = await this.members.find(memberId, this.clock.today(), tx)
      const [told] = await readChanges(tx, { id: changeId })
      const contact = await lastDetails(this.members, memberId, tx)
      if (member) await this.notices.tell(tx, told!, { member, contact, what: 'objected' })
    })
  }

  private async linkTo(key: ObjectionKey): Promise<string> {
    return `${this.config.baseUrl}/bezwaar/${await this.keyOf(key)}`
  }

  private async derive(claim: string): Promise<string> {
    return createHmac('sha256', await this.secrets.sessionSecret())
      .update(`member change objection ${claim}`)
      .digest('base64url')
  }
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)))
}
