import { ForbiddenException, NotFoundException } from '@nestjs/common'
import type { Members } from '#members'
import type { Visitor } from '#platform'

/** The id of the member with the number in an address. @throws NotFoundException */
export async function memberNumbered(members: Members, typed: string): Promise<string> {
  const id = /^[1-9]\d{0,8}$/.test(typed) ? await members.withNumber(Number(typed)) : null
  if (!id) throw new NotFoundException()
  return id
}

/** @throws ForbiddenException when a delegate or contact asks for the file of another member */
export function maySeeFile(visitor: Visitor, memberId: string): void {
  const isOwn = visitor.hasFor('delegate', memberId) || visitor.hasFor('contact', memberId)
  if (!isOwn && !visitor.has('serviceTeam', 'director', 'admin')) throw new ForbiddenException()
}
