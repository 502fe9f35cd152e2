import { NotFoundException } from '@nestjs/common'
import type { Day } from '#kernel'
import type { MemberOnDay, Members } from '#members'
import type { Visitor } from '#platform'
import { mayRead } from '../actor.js'

/**
 * The member with the number in an address.
 * @throws NotFoundException also when it is no concern of this person
 */
export async function memberFor(
  members: Members,
  visitor: Visitor,
  typed: string,
  today: Day,
): Promise<MemberOnDay> {
  const id = /^[1-9]\d{0,8}$/.test(typed) ? await members.withNumber(Number(typed)) : null
  const member = id && mayRead(visitor, id) ? await members.find(id, today) : null
  if (!member) throw new NotFoundException()
  return member
}
