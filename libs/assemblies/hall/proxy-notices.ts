import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Members } from '#members'
import { Notices } from '#notices'
import { Clock, longDay, type Tx } from '#platform'
import type { AssemblyRow } from '../store/entities.js'
import type { ProxyRecord } from '../store/proxy.store.js'

/** Who hears of a proxy: the delegates of the other member. */
@Injectable()
export class ProxyNotices {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async asked(tx: Tx, assembly: AssemblyRow, proxy: ProxyRecord): Promise<void> {
    await this.send(tx, 'proxy-asked', assembly, proxy, proxy.holderId, {})
  }

  /** A proxy by letter tells both: neither pressed a button. */
  async answered(
    tx: Tx,
    assembly: AssemblyRow,
    proxy: ProxyRecord,
    answer: 'accepted' | 'declined',
  ): Promise<void> {
    const facts = { accepted: answer === 'accepted', byLetter: proxy.byLetter }
    await this.send(tx, 'proxy-answered', assembly, proxy, proxy.principalId, facts)
    if (proxy.byLetter) await this.send(tx, 'proxy-answered', assembly, proxy, proxy.holderId, facts)
  }

  async ended(tx: Tx, assembly: AssemblyRow, proxy: ProxyRecord, how: 'revoked' | 'returned'): Promise<void> {
    const toMember = how === 'revoked' ? proxy.holderId : proxy.principalId
    await this.send(tx, 'proxy-ended', assembly, proxy, toMember, { revoked: how === 'revoked' })
  }

  private async send(
    tx: Tx,
    notice: string,
    { id, title, heldOn }: AssemblyRow,
    proxy: ProxyRecord,
    toMember: string,
    facts: object,
  ): Promise<void> {
    const principal = await this.members.find(proxy.principalId, heldOn, tx)
    const holder = await this.members.find(proxy.holderId, heldOn, tx)
    const delegates = await this.people.holders('delegate', this.clock.today(), tx)
    const model = {
      ...{ title, day: longDay('nl', heldOn), path: `/alv/${id}/volmachten` },
      principal: principal?.name ?? '',
      holder: holder?.name ?? '',
      instruction: notice === 'proxy-asked' ? proxy.instruction : '',
      ...facts,
    }
    await this.notices.send(
      tx,
      delegates
        .filter(({ scopeId }) => scopeId === toMember)
        .map(({ personId, name, email }) => ({
          notice: `assemblies/${notice}`,
          to: { personId, name, email },
          model,
          key: `assemblies/${notice} ${proxy.id} ${personId}`,
        })),
    )
  }
}
