import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type HeldRole, isId, LocalRoles, type Visitor } from '#platform'
import { parseDecisionNumber } from '../rules/decision-number.js'
import { assemblyOfAddress, readStandIns } from '../store/officer.store.js'

/** Pages of an assembly, and what stands first in their addresses. */
const PAGES = /^\/(alv|stemmingen|voorstellen|volmachten|besluiten)\/:(id|nummer)/
/** Routes where voters crowd, and where an office makes no difference. */
const NO_OFFICE = /\/(stem|stemmen|stroom|bevestiging)$/

/**
 * The one place where a stand-in becomes one: on the pages of the assembly that they were appointed for, the deputy
 * chair has the role of chair and the substitute secretary that of secretary, with the assembly as its scope.
 */
@Injectable()
export class StandInRoles implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LocalRoles) private readonly localRoles: LocalRoles,
  ) {}

  onModuleInit(): void {
    this.localRoles.add((visitor, route, params) => this.rolesOn(visitor, route, params))
  }

  private async rolesOn(
    { personId }: Visitor,
    route: string,
    params: Readonly<Record<string, string>>,
  ): Promise<HeldRole[]> {
    const [, part, name] = PAGES.exec(route) ?? []
    const value = name && params[name]
    if (!part || !value || NO_OFFICE.test(route)) return []
    const assemblyId = await this.assemblyOf(part, value)
    const standIns = assemblyId ? await readStandIns(this.database.read, assemblyId) : {}
    return Object.values(standIns).flatMap(({ office, personId: standIn }) =>
      standIn === personId ? [{ role: office, scopeId: assemblyId }] : [],
    )
  }

  private async assemblyOf(part: string, value: string): Promise<string | null> {
    const tx = this.database.read
    if (part === 'besluiten') {
      const number = parseDecisionNumber(value)
      return number && assemblyOfAddress(tx, number)
    }
    if (!isId(value)) return null
    if (part === 'alv') return value
    if (part === 'stemmingen') return assemblyOfAddress(tx, { poll: value })
    return assemblyOfAddress(tx, part === 'voorstellen' ? { motion: value } : { proxy: value })
  }
}
