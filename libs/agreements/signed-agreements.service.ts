import { Inject, Injectable } from '@nestjs/common'
import { Database, sha256Bytes, type Tx } from '#platform'
import { Agreements } from './agreements.service.js'
import { Counterparties } from './counterparties.service.js'
import type { Agreement } from './rules/agreement.js'
import { readTypedHash, readVerificationCode } from './rules/typed-hash.js'
import type { TerminationRow } from './store/negotiation-entities.js'
import type { Party } from './store/negotiation-records.js'
import {
  readNeighbourhoods,
  readSignedVersions,
  readTerminations,
  type SignedVersion,
} from './store/signing-records.js'

/** A signed agreement with everything that its page shows. */
export interface SignedAgreement {
  agreement: Agreement
  party: Party
  neighbourhoods: { id: string; name: string }[]
  /** The last one first. */
  versions: SignedVersion[]
  terminations: TerminationRow[]
}

/** What a hash or a file turns out to be: this very text or its PDF, another version of the same agreement, or neither. */
export type CheckOutcome = 'text' | 'paper' | 'other' | 'none' | 'noHash'

/** Reading what was signed. */
@Injectable()
export class SignedAgreements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
  ) {}

  /** The signed agreement of an area; null when there is none. */
  async find(areaSlug: string, tx: Tx = this.database.read): Promise<SignedAgreement | null> {
    const agreement = await this.agreements.byArea(areaSlug, tx)
    if (!agreement || agreement.versions.length === 0) return null
    return {
      agreement,
      party: (await this.counterparties.find(agreement.counterparty.id, tx))!,
      neighbourhoods: await readNeighbourhoods(tx, agreement.id),
      versions: await readSignedVersions(tx, { agreementId: agreement.id }),
      terminations: await readTerminations(tx, agreement.id),
    }
  }

  /** The version that somebody was given the code of; null when there is none, or the code has another form. */
  async coded(code: string): Promise<SignedVersion | null> {
    const digits = readVerificationCode(code)
    if (!digits) return null
    const found = await readSignedVersions(this.database.read, { hashBeginsWith: digits })
    return found.length === 1 ? found[0]! : null
  }

  /** Compares a typed hash with a version. Nothing of it is kept. */
  async checkHash(version: SignedVersion, typed: string): Promise<CheckOutcome> {
    const hash = readTypedHash(typed)
    return hash === null ? 'noHash' : this.compare(version, hash)
  }

  /** Compares a file with a version: the PDF, or the text that is inside it. */
  async checkFile(version: SignedVersion, content: Buffer): Promise<CheckOutcome> {
    return this.compare(version, sha256Bytes(content))
  }

  private async compare(version: SignedVersion, hash: string): Promise<CheckOutcome> {
    if (hash === version.sha256) return 'text'
    if (hash === version.paper?.sha256) return 'paper'
    const others = await readSignedVersions(this.database.read, { agreementId: version.agreementId })
    const known = others.some(({ sha256, paper }) => hash === sha256 || hash === paper?.sha256)
    return known ? 'other' : 'none'
  }
}
