import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Files } from '#files'
import { Database, PersonalData, type Tx, type Visitor } from '#platform'
import { findProxy } from '../store/proxy.store.js'

/** The scans of proxies that were given by letter: who may see them, and when they go. */
@Injectable()
export class ProxyLetters implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
    @Inject(Files) private readonly files: Files,
  ) {}

  onModuleInit(): void {
    this.personalData.addErasure('assemblies', (tx, { memberId }) => this.eraseOf(tx, memberId))
  }

  /** The scan of a letter: for the secretary, the chair, and the delegates of both members. */
  async of(proxyId: string, visitor: Visitor) {
    const proxy = await findProxy(this.database.read, proxyId)
    if (!proxy?.fileId) return null
    const isInvolved = [proxy.principalId, proxy.holderId].some((one) => visitor.hasFor('delegate', one))
    return isInvolved || visitor.has('secretary', 'chair') ? this.files.read(proxy.fileId) : null
  }

  /** A letter carries a signature: with the people of the member it goes. That there was one, with its hash, stays. */
  private async eraseOf(tx: Tx, memberId: string): Promise<void> {
    const letters: { id: string }[] = await tx.query(
      'SELECT file_id AS id FROM proxies WHERE principal_id = $1 AND file_id IS NOT NULL',
      [memberId],
    )
    for (const { id } of letters) await this.files.erase(tx, id)
  }
}
