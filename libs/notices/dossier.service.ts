import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type DossierSection, type DossierSubject, PersonalData } from '#platform'

/** What was mailed to the people of a member, for its complete file. */
@Injectable()
export class NoticesDossier implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly personalData: PersonalData,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personalData.addToDossier('notices', 90, this)
  }

  /** Without the mails to sign in with, which say nothing of the member. */
  async fileOf({ personIds }: DossierSubject): Promise<DossierSection[]> {
    const notices: {
      template: string
      toName: string
      toAddress: string
      writtenAt: Date
      sentAt: Date | null
    }[] = await this.database.read.query(
      `SELECT n.template, n.to_name AS "toName", n.to_address AS "toAddress", n.written_at AS "writtenAt",
                d.sent_at AS "sentAt"
         FROM notices n JOIN notice_deliveries d ON d.notice_id = n.id
         WHERE n.person_id = ANY($1::uuid[]) AND n.template <> 'identity/sign-in' ORDER BY n.written_at, n.id`,
      [personIds],
    )
    return [
      {
        key: 'notices.dossier.notices',
        columns: ['writtenAt', 'notice', 'toName', 'toAddress', 'sentAt'],
        rows: notices.map(({ template, toName, toAddress, writtenAt, sentAt }) => ({
          writtenAt: { at: writtenAt },
          notice: { word: `notices.names.${template}` },
          toName,
          toAddress,
          sentAt: sentAt && { at: sentAt },
        })),
      },
    ]
  }
}
