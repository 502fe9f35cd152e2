import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { Day } from '#kernel'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'
import type { Choice } from './rules/ballot.js'

/** When a member was at an assembly and what it voted by roll call, for its complete file. */
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
    return [await this.attendances(memberId), await this.ballots(memberId)]
  }

  private async attendances(memberId: string): Promise<DossierSection> {
    const rows: { assembly: string; on: Day; person: string; at: Date }[] = await this.database.read.query(
      `SELECT s.title AS assembly, s.held_on AS "on", p.name AS person, a.checked_in_at AS at
       FROM attendances a JOIN assemblies s ON s.id = a.assembly_id JOIN people p ON p.id = a.person_id
       WHERE a.member_id = $1 ORDER BY a.checked_in_at`,
      [memberId],
    )
    return {
      key: 'assemblies.dossier.attendances',
      columns: ['assembly', 'on', 'person', 'checkedInAt'],
      rows: rows.map(({ assembly, on, person, at }) => ({
        assembly,
        on: { day: on },
        person,
        checkedInAt: { at },
      })),
    }
  }

  /** The open polls are by roll call: who voted what is on record for everyone. */
  private async ballots(memberId: string): Promise<DossierSection> {
    const rows: { motion: string; choice: Choice; person: string | null; at: Date; reference: string }[] =
      await this.database.read.query(
        `SELECT m.title AS motion, b.choice, p.name AS person, b.cast_at AS at, b.reference
         FROM ballots b JOIN polls o ON o.id = b.poll_id JOIN motions m ON m.id = o.motion_id
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
