import { Inject, Injectable } from '@nestjs/common'
import { Notices, type NoticeToSend } from '#notices'
import { clockTime, fullDay, type Tx } from '#platform'
import type { Convocation, NewRecipient } from '../store/convocation.store.js'
import { whereOf } from './convocation-words.js'

interface Model extends Record<string, unknown> {
  voting: boolean
  /** Who the person was convened for, and their ids in the same order. */
  members: string[]
  memberIds: string[]
}
type Mail = NoticeToSend & { model: Model }

/** The mails of a convocation; what goes with them is made when they are sent. */
@Injectable()
export class ConvocationNotices {
  constructor(@Inject(Notices) private readonly notices: Notices) {}

  /** One mail to each person, also to who acts for more than one member. */
  async send(tx: Tx, convocation: Convocation, recipients: readonly NewRecipient[]): Promise<void> {
    const mails = new Map<string, Mail>()
    for (const recipient of recipients) {
      const { noticeKey, memberId, memberName, voting } = recipient
      if (!noticeKey) continue
      const mail = mails.get(noticeKey) ?? mailOf(convocation, recipient, noticeKey)
      mail.model.members.push(memberName)
      mail.model.memberIds.push(memberId)
      mail.model.voting ||= voting
      mails.set(noticeKey, mail)
    }
    await this.notices.send(tx, [...mails.values()])
  }
}

function mailOf(
  { id, kind, content, assemblyId }: Convocation,
  { personId, name, address }: NewRecipient,
  key: string,
): Mail {
  const changed = kind === 'postponement' || kind === 'cancellation' || kind === 'continuation'
  return {
    notice: changed ? 'assemblies/assembly-changed' : 'assemblies/convocation',
    to: { personId, name, email: address },
    key,
    model: {
      ...{ convocationId: id, title: content.title, reason: content.reason, [kind]: true },
      when: `${fullDay('nl', content.heldOn)} om ${clockTime('nl', new Date(content.startsAt))} uur`,
      where: whereOf(content),
      items: content.items.map(({ number, title, added, decisionType }) => ({
        ...{ number, title, added },
        statuteChange: decisionType === 'statuteChange',
      })),
      advanceFrom: content.advance && fullDay('nl', content.advance.from),
      ...{ voting: false, members: [], memberIds: [] },
      path: `/alv/${assemblyId}`,
    },
  }
}
