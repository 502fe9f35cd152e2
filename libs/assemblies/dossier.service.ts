import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { Day } from '#kernel'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import type { Choice } from './rules/ballot.js'
import { readAdvanceOfMember } from './store/advance.store.js'

/** When a member was at an assembly, its proxies and what it voted by roll call, for its complete file. */
@Injectable()
export class AssembliesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('assemblies', 60, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    return [
      await this.attendances(memberId),
      await this.proxies(memberId),
      await this.ballots(memberId),
      await this.advanceBallots(memberId),
    ]
  }

  private async attendances(memberId: string): Promise<DossierSection> {
    const rows: { assembly: string; on: Day; kind: string; person: string | null; at: Date }[] =
      await this.database.read.query(
        `SELECT s.title AS assembly, s.held_on AS "on", a.kind, p.name AS person, a.at
         FROM attendance_events a JOIN assemblies s ON s.id = a.assembly_id
         LEFT JOIN people p ON p.id = a.person_id
         WHERE a.member_id = $1 ORDER BY a.at, a.sequence`,
        [memberId],
      )
    return {
      key: 'assemblies.dossier.attendances',
      columns: ['assembly', 'on', 'kind', 'person', 'at'],
      rows: rows.map(({ assembly, on, kind, person, at }) => ({
        assembly,
        on: { day: on },
        kind: { word: `assemblies.dossier.kind.${kind}` },
        person,
        at: { at },
      })),
    }
  }

  /** Given and held, each with how it ended. The other member stands there by its number. */
  private async proxies(memberId: string): Promise<DossierSection> {
    const rows: {
      assembly: string
      side: string
      other: number
      instruction: string
      at: Date
      state: string | null
    }[] = await this.database.read.query(
      `SELECT s.title AS assembly, CASE WHEN x.principal_id = $1 THEN 'given' ELSE 'held' END AS side,
         m.number AS other, x.instruction, x.granted_at AS at,
         (SELECT type FROM proxy_events WHERE proxy_id = x.id ORDER BY sequence DESC LIMIT 1) AS state
       FROM proxies x JOIN assemblies s ON s.id = x.assembly_id
       JOIN members m ON m.id = CASE WHEN x.principal_id = $1 THEN x.holder_id ELSE x.principal_id END
       WHERE $1 IN (x.principal_id, x.holder_id) ORDER BY x.granted_at`,
      [memberId],
    )
    return {
      key: 'assemblies.dossier.proxies',
      columns: ['assembly', 'side', 'other', 'instruction', 'at', 'state'],
      rows: rows.map(({ assembly, side, other, instruction, at, state }) => ({
        ...{ assembly, instruction, at: { at }, other: String(other) },
        side: { word: `assemblies.dossier.side.${side}` },
        state: { word: `assemblies.proxy.state.${state ?? 'asked'}` },
      })),
    }
  }

  /** Cast before an assembly, also what lapsed or was not admitted. */
  private async advanceBallots(memberId: string): Promise<DossierSection> {
    const rows = await readAdvanceOfMember(this.database.read, memberId)
    return {
      key: 'assemblies.dossier.advanceBallots',
      columns: ['motion', 'choice', 'person', 'castAt', 'reference', 'state'],
      rows: rows.map(({ motion, choice, person, at, reference, outcome }) => ({
        ...{ motion, person, reference, castAt: { at } },
        choice: { word: `assemblies.dossier.choice.${choice}` },
        state: { word: `assemblies.dossier.advance.${outcome ?? 'waiting'}` },
      })),
    }
  }

  /** The open polls are by roll call: who voted what is on record for everyone. */
  private async ballots(memberId: string): Promise<DossierSection> {
    const rows: { motion: string; choice: Choice; person: string | null; at: Date; reference: string }[] =
      await this.database.read.query(
        `SELECT coalesce(am.title, m.title) AS motion, b.choice, p.name AS person, b.cast_at AS at, b.reference
         FROM ballots b JOIN polls o ON o.id = b.poll_id JOIN motions m ON m.id = o.motion_id
         LEFT JOIN amendments am ON am.id = o.amendment_id
         LEFT JOIN people p ON p.id = b.cast_by
         WHERE b.member_id = $1 ORDER BY b.cast_at`,
        [memberId],
      )
    return {
      key: 'assemblies.dossier.ballots',
      columns: ['motion', 'choice', 'person', 'castAt', 'reference'],
      rows: rows.map(({ motion, choice, person, at, reference }) => ({
        motion,
        choice: { word: `assemblies.dossier.choice.${choice}` },
        person,
        castAt: { at },
        reference,
      })),
    }
  }
}
