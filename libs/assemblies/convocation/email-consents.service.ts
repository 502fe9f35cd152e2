import { Inject, Injectable } from '@nestjs/common'
import { Audit, Clock, Database, Ids, type Tx } from '#platform'
import type { EmailConsentRow } from '../store/convocation.entities.js'
import { insertConsents, readConsents } from '../store/convocation.store.js'

/** Whether a member agreed to be convened by e-mail (BW 2:41): a fact, with when and by whom it was recorded. */
@Injectable()
export class EmailConsents {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** What was recorded last of each member; who is not in it never said anything, and gets letters. */
  all(tx: Tx = this.database.read): Promise<Map<string, EmailConsentRow>> {
    return readConsents(tx)
  }

  /** Records what members said; what stands already is not recorded again. */
  async record(
    tx: Tx,
    memberIds: readonly string[],
    consents: boolean,
    by: string | null,
    recordedAt = this.clock.now(),
  ): Promise<void> {
    const known = await readConsents(tx)
    const changed = memberIds.filter((id) => known.get(id)?.consents !== consents)
    if (changed.length === 0) return
    await insertConsents(
      tx,
      changed.map((memberId) => ({ id: this.ids.next(), memberId, consents, recordedAt, recordedBy: by })),
    )
    await this.audit.recordAll(
      tx,
      changed.map((id) => ({
        actorId: by,
        action: consents ? 'member.emailAgreed' : 'member.emailDeclined',
        subject: { kind: 'member', id },
        details: {},
      })),
    )
  }

  /** As {@link record}, as an act of its own. */
  recordOne(memberId: string, consents: boolean, by: string): Promise<void> {
    return this.database.transaction((tx) => this.record(tx, [memberId], consents, by))
  }
}
