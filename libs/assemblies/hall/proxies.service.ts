import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type FileKind, Files } from '#files'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Live, type Tx, type Upload, type Visitor } from '#platform'
import { Electorate } from '../polls/electorate.service.js'
import { roomTopic } from '../room/room-topic.js'
import { instantAfter } from '../rules/presence.js'
import {
  checkAcceptance,
  checkGrant,
  checkStep,
  type ProxiesNow,
  type ProxyEventType,
  proxyStateAt,
} from '../rules/proxies.js'
import { lockAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { enterHall, lastInHall } from '../store/hall.store.js'
import {
  findProxy,
  insertProxy,
  insertProxyEvent,
  type ProxyRecord,
  readProxies,
} from '../store/proxy.store.js'
import { ProxyNotices } from './proxy-notices.js'

/** What is filled in to give a proxy. */
export interface NewProxy {
  principalId: string
  holderId: string
  /** How the principal wants its vote cast; empty without. */
  instruction: string
}

/** What a scan of a letter may be. */
export const letterLimits = { kinds: ['pdf', 'png', 'jpeg'] as FileKind[], maxBytes: 5_000_000 }

/**
 * Written proxies (BW 2:38 lid 4; electronic counts as written). All acts of one assembly go one after another, so
 * that no two together exceed the cap or make a chain, and each opening of a poll comes before or after them.
 */
@Injectable()
export class Proxies {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(Files) private readonly files: Files,
    @Inject(ProxyNotices) private readonly notices: ProxyNotices,
    @Inject(Live) private readonly live: Live,
  ) {}

  /**
   * Asks another member to vote for an own one. A repeat gives the proxy that is there.
   * @returns its id
   * @throws NotFoundException, RuleViolated `proxy.notYours`, `assembly.ended`, `assembly.cancelled`, or as `checkGrant`
   */
  async grant(assemblyId: string, proxy: NewProxy, visitor: Visitor): Promise<string> {
    if (!visitor.hasFor('delegate', proxy.principalId)) throw RuleViolated.of('proxy.notYours', {}, 'lid')
    return this.alone(assemblyId, async (tx, assembly) => {
      const now = await this.proxiesNow(tx, assembly)
      const known = sameProxy(now, proxy)
      if (known) return known.id
      RuleViolated.throwIfAny(checkGrant(now, proxy.principalId, proxy.holderId))
      const granted = await this.insert(tx, assembly, proxy, null, now.now, visitor)
      await this.notices.asked(tx, assembly, granted)
      return granted.id
    })
  }

  /**
   * Enters a proxy that was given by letter, with the scan of it. Who hands the letter in accepts it with that, so
   * it is in force at once. A repeat gives the proxy that is there.
   * @throws NotFoundException, RuleViolated as {@link grant} and as `Files.keep`
   */
  async enterLetter(assemblyId: string, proxy: NewProxy, scan: Upload, secretary: Visitor): Promise<string> {
    return this.alone(assemblyId, async (tx, assembly) => {
      const now = await this.proxiesNow(tx, assembly)
      const known = sameProxy(now, proxy)
      if (known) return known.id
      RuleViolated.throwIfAny(checkGrant(now, proxy.principalId, proxy.holderId))
      const { id: fileId } = await this.files.keep(tx, scan, letterLimits, secretary.personId)
      const granted = await this.insert(tx, assembly, proxy, fileId, now.now, secretary)
      await this.step(tx, granted, 'accepted', now.now, secretary)
      await this.notices.answered(tx, assembly, granted, 'accepted')
      return granted.id
    })
  }

  /** A delegate of the holder takes the proxy on. @throws as `checkStep`, `checkAcceptance` */
  async accept(id: string, visitor: Visitor): Promise<string> {
    return this.follow(id, 'accepted', visitor)
  }

  /** A delegate of the holder does not take it on. */
  async decline(id: string, visitor: Visitor): Promise<string> {
    return this.follow(id, 'declined', visitor)
  }

  /** The principal takes it back, for polls that open after this; the secretary does so for one given by letter. */
  async revoke(id: string, visitor: Visitor): Promise<string> {
    return this.follow(id, 'revoked', visitor)
  }

  /** The holder gives it back, for polls that open after this. */
  async giveBack(id: string, visitor: Visitor): Promise<string> {
    return this.follow(id, 'returned', visitor)
  }

  /** A repeat of what happened last changes nothing. @returns the assembly's id */
  private async follow(id: string, type: ProxyEventType, visitor: Visitor): Promise<string> {
    const known = await findProxy(this.database.read, id)
    if (!known || !mayDo(known, type, visitor)) throw new NotFoundException()
    return this.alone(known.assemblyId, async (tx, assembly) => {
      const now = await this.proxiesNow(tx, assembly)
      const proxy = (await findProxy(tx, id))!
      const state = proxyStateAt(proxy, now.now)!
      if (state === type) return assembly.id
      RuleViolated.throwIfAny(checkStep(state, type))
      if (type === 'accepted') RuleViolated.throwIfAny(checkAcceptance(now, proxy))
      await this.step(tx, proxy, type, now.now, visitor)
      if (type === 'accepted' || type === 'declined') await this.notices.answered(tx, assembly, proxy, type)
      else await this.notices.ended(tx, assembly, proxy, type)
      return assembly.id
    })
  }

  private async alone<T>(
    assemblyId: string,
    work: (tx: Tx, assembly: AssemblyRow) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'share')
      if (!assembly) throw new NotFoundException()
      if (assembly.cancelledAt) throw RuleViolated.of('assembly.cancelled')
      if (assembly.endedAt) throw RuleViolated.of('assembly.ended')
      await enterHall(tx, assemblyId, 'alone')
      return work(tx, assembly)
    })
  }

  private async proxiesNow(
    tx: Tx,
    { id, heldOn }: AssemblyRow,
  ): Promise<ProxiesNow & { proxies: ProxyRecord[] }> {
    const electors = await this.electorate.on(heldOn, tx)
    return {
      proxies: await readProxies(tx, id),
      now: instantAfter(this.clock.now(), await lastInHall(tx, id, 'all')),
      mayVote: new Set(electors.map(({ memberId }) => memberId)),
      cap: await this.electorate.proxyCapOn(heldOn, tx),
    }
  }

  private async insert(
    tx: Tx,
    { id: assemblyId }: AssemblyRow,
    { principalId, holderId, instruction }: NewProxy,
    fileId: string | null,
    grantedAt: Date,
    by: Visitor,
  ): Promise<ProxyRecord> {
    const proxy = {
      ...{ id: this.ids.next(), assemblyId, principalId, holderId, instruction, fileId, grantedAt },
      byLetter: fileId !== null,
    }
    await insertProxy(tx, { ...proxy, grantedBy: by.personId })
    await this.log(tx, by, 'proxy.granted', proxy.id, {
      ...{ assemblyId, principalId, holderId },
      byLetter: proxy.byLetter,
    })
    return { ...proxy, events: [] }
  }

  private async step(
    tx: Tx,
    { id, assemblyId, principalId, holderId }: ProxyRecord,
    type: ProxyEventType,
    at: Date,
    by: Visitor,
  ): Promise<void> {
    await insertProxyEvent(tx, { proxyId: id, type, at, recordedBy: by.personId })
    await this.live.announce(tx, roomTopic(assemblyId))
    await this.log(tx, by, `proxy.${type}`, id, { assemblyId, principalId, holderId })
  }

  private log(tx: Tx, by: Visitor, action: string, id: string, details: Record<string, unknown>) {
    return this.audit.record(tx, { actorId: by.personId, action, subject: { kind: 'proxy', id }, details })
  }
}

function mayDo(proxy: ProxyRecord, type: ProxyEventType, visitor: Visitor): boolean {
  if (type !== 'revoked') return visitor.hasFor('delegate', proxy.holderId)
  return visitor.hasFor('delegate', proxy.principalId) || (proxy.byLetter && visitor.has('secretary'))
}

/** The live proxy that says the same: who pressed twice meant it once. */
function sameProxy(
  { proxies, now }: { proxies: readonly ProxyRecord[]; now: Date },
  { principalId, holderId, instruction }: NewProxy,
): ProxyRecord | undefined {
  return proxies.find(
    (one) =>
      one.principalId === principalId &&
      one.holderId === holderId &&
      one.instruction === instruction &&
      ['asked', 'accepted'].includes(proxyStateAt(one, now)!),
  )
}
