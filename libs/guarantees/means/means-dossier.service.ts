import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import { readCertificates } from '../store/certificate.store.js'
import { readMeansOf } from '../store/means.store.js'
import type { GuaranteeMeansRow } from '../store/means-entities.js'

const ALL = 10_000

/** What a member declared of its means and the certificates it got, for its complete file; and what erasing takes of it. */
@Injectable()
export class MeansDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('guarantee-means', 50, this)
    this.personalData.addErasure('guarantee-means', async (tx, { memberId }) => {
      await tx.query('SELECT erase_guarantee_means($1)', [memberId])
    })
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const means = await readMeansOf(this.database.read, [memberId])
    const certificates = await readCertificates(this.database.read, [memberId], ALL)
    return [
      {
        key: 'guarantees.dossier.means',
        columns: ['year', 'accountsYear', 'declaredAt', 'equity', 'income', 'remark'],
        rows: means.toReversed().map(shownMeans),
      },
      {
        key: 'guarantees.dossier.certificates',
        columns: ['on', 'code', 'issuedAt', 'hash'],
        rows: certificates.toReversed().map(({ onDay, code, issuedAt, sha256 }) => ({
          ...{ on: { day: onDay }, code, issuedAt: { at: issuedAt }, hash: sha256 },
        })),
      },
    ]
  }
}

function shownMeans({ year, accountsYear, declaredAt, equityCents, incomeCents, remark }: GuaranteeMeansRow) {
  return {
    ...{ year, accountsYear, declaredAt: { at: declaredAt }, remark },
    equity: equityCents === null ? null : { cents: equityCents },
    income: incomeCents === null ? null : { cents: incomeCents },
  }
}
