import { Inject, Injectable } from '@nestjs/common'
import { Files } from '#files'
import { Ids, type Tx, type Upload } from '#platform'
import { ACCOUNTS_FILE } from './recording.service.js'
import {
  insertAccounts,
  insertReview,
  insertReviewSignature,
  insertSignature,
} from './store/accounts.store.js'

/** Accounts that were drawn up, signed and reviewed outside Samen. */
export interface EarlierAccounts {
  year: number
  accounts: Upload
  drawnUpAt: Date
  drawnUpBy: string
  directors: readonly { personId: string; name: string }[]
  report: Upload
  reviewedAt: Date
  reviewers: readonly { personId: string; name: string }[]
}

/** Enters what came about elsewhere, in the caller's transaction. The rules are not looked at: that was done there. */
@Injectable()
export class AccountsEntering {
  constructor(
    @Inject(Files) private readonly files: Files,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async enter(tx: Tx, earlier: EarlierAccounts): Promise<void> {
    const { year, drawnUpAt, drawnUpBy, directors, reviewedAt, reviewers } = earlier
    const accounts = await this.files.keep(tx, earlier.accounts, ACCOUNTS_FILE, drawnUpBy)
    const accountsId = this.ids.next()
    const drawnUp = { version: 1, fileId: accounts.id, sha256: accounts.sha256, drawnUpAt, drawnUpBy }
    await insertAccounts(tx, { id: accountsId, year, ...drawnUp })
    for (const director of directors)
      await insertSignature(tx, { accountsId, ...director, sha256: accounts.sha256, signedAt: drawnUpAt })

    const submittedBy = reviewers[0]!.personId
    const report = await this.files.keep(tx, earlier.report, ACCOUNTS_FILE, submittedBy)
    const reviewId = this.ids.next()
    await insertReview(tx, {
      ...{ id: reviewId, accountsId, kind: 'auditCommittee', auditor: null, fileId: report.id },
      ...{ sha256: report.sha256, submittedAt: reviewedAt, submittedBy },
    })
    for (const reviewer of reviewers)
      await insertReviewSignature(tx, { reviewId, ...reviewer, sha256: report.sha256, signedAt: reviewedAt })
  }
}
