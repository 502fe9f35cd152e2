import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { Day } from '#kernel'
import { Database, type DossierSection, type DossierSubject, PersonalData, type Role } from '#platform'
import { WITH_ENDING } from './store/roles-on.js'

/** Who acted for a member, as what and when, for its complete file. */
@Injectable()
export class IdentityDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('identity', 20, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    const held: {
      name: string
      email: string
      role: Role
      from: Day
      until: Day | null
      recordedAt: Date
    }[] = await this.database.read.query(
      `SELECT p.name, p.email, a.role, a.holds_from AS "from", e.ends_on AS until, a.recorded_at AS "recordedAt"
         FROM role_assignments a JOIN people p ON p.id = a.person_id ${WITH_ENDING}
         WHERE a.scope_id = $1 ORDER BY a.holds_from, a.id`,
      [memberId],
    )
    return [
      {
        key: 'identity.dossier.people',
        columns: ['name', 'email', 'role', 'from', 'until'],
        rows: held.map(({ role, from, until, name, email }) => ({
          name,
          email,
          role: { word: `identity.roles.${role}` },
          from: { day: from },
          until: until && { day: until },
        })),
      },
    ]
  }
}
