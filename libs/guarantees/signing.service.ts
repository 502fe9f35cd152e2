import { Inject, Injectable } from '@nestjs/common'
import { Clock, Database, sha256Hex, type Tx, type Visitor } from '#platform'
import { type Agreed, agreedText } from './rules/agreed-text.js'
import { GuaranteeSignatureRow } from './store/entities.js'

/** Keeping who agreed to which text, for which side, and when. */
@Injectable()
export class GuaranteeSigning {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The visitor agrees for one side; the route asked for a fresh sign-in. */
  async sign(
    tx: Tx,
    visitor: Visitor,
    movementId: string,
    side: GuaranteeSignatureRow['side'],
    agreed: Agreed,
  ): Promise<void> {
    const text = agreedText(agreed)
    await tx.getRepository(GuaranteeSignatureRow).insert({
      ...{ movementId, side, text, sha256: sha256Hex(text) },
      ...{ signedAt: this.clock.now(), signedBy: visitor.personId },
    })
  }

  /** The signatures of these movements, in the order in which they were given. */
  async of(movementIds: readonly string[], tx: Tx = this.database.read): Promise<GuaranteeSignatureRow[]> {
    if (movementIds.length === 0) return []
    return tx.query(
      `SELECT movement_id AS "movementId", side, text, sha256, signed_at AS "signedAt", signed_by AS "signedBy"
       FROM guarantee_signatures WHERE movement_id = ANY($1) ORDER BY signed_at, side DESC`,
      [movementIds],
    )
  }
}
