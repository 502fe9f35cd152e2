import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { Day } from '#kernel'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'

/** What a member was sent, how it wants to be convened, and which requests it signed, for its complete file. */
@Injectable()
export class ConvocationDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('convocations', 61, this)
  }

  async fileOf({ memberId }: DossierSubject): Promise<DossierSection[]> {
    return [await this.convocations(memberId), await this.consents(memberId), await this.signatures(memberId)]
  }

  private async convocations(memberId: string): Promise<DossierSection> {
    const rows: { assembly: string; on: Day; kind: string; channel: string; to: string; at: Date }[] =
      await this.database.read.query(
        `SELECT a.title AS assembly, (c.content->>'heldOn')::date AS "on", c.kind, r.channel,
           r.name || ', ' || replace(r.address, E'\\n', ', ') AS "to", c.convened_at AS at
         FROM convocation_recipients r JOIN convocations c ON c.id = r.convocation_id
         JOIN assemblies a ON a.id = c.assembly_id
         WHERE r.member_id = $1 ORDER BY c.convened_at, r.line`,
        [memberId],
      )
    return {
      key: 'assemblies.dossier.convocations',
      columns: ['assembly', 'on', 'kind', 'channel', 'to', 'at'],
      rows: rows.map(({ assembly, on, kind, channel, to, at }) => ({
        ...{ assembly, to, on: { day: on }, at: { at } },
        kind: { word: `assemblies.convocation.kinds.${kind}` },
        channel: { word: `assemblies.convocation.channel.${channel}` },
      })),
    }
  }

  private async consents(memberId: string): Promise<DossierSection> {
    const rows: { consents: boolean; at: Date }[] = await this.database.read.query(
      'SELECT consents, recorded_at AS at FROM email_consents WHERE member_id = $1 ORDER BY recorded_at',
      [memberId],
    )
    return {
      key: 'assemblies.dossier.consents',
      columns: ['channel', 'at'],
      rows: rows.map(({ consents, at }) => ({
        channel: { word: `assemblies.consents.${consents ? 'yes' : 'no'}` },
        at: { at },
      })),
    }
  }

  private async signatures(memberId: string): Promise<DossierSection> {
    const rows: { subject: string; person: string | null; at: Date }[] = await this.database.read.query(
      `SELECT r.subject, p.name AS person, s.signed_at AS at
       FROM assembly_request_signatures s JOIN assembly_requests r ON r.id = s.request_id
       LEFT JOIN people p ON p.id = s.person_id WHERE s.member_id = $1 ORDER BY s.signed_at`,
      [memberId],
    )
    return {
      key: 'assemblies.dossier.signatures',
      columns: ['subject', 'person', 'at'],
      rows: rows.map(({ subject, person, at }) => ({ subject, person, at: { at } })),
    }
  }
}
