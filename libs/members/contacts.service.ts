import { Inject, Injectable } from '@nestjs/common'
import { type Assignment, People } from '#identity'
import type { Day } from '#kernel'
import { Clock, type Tx } from '#platform'
import { type ContactSpan, contactSpans } from './rules/details.js'
import { heldDetails, readFacts } from './store/facts.store.js'

/** Keeps the role `contact` with whoever the register names as a member's contact. */
@Injectable()
export class RegisteredContacts {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Brings the role in step with the register for today and later; a repeat changes nothing. */
  async follow(tx: Tx, memberIds: readonly string[], by: string | null): Promise<void> {
    const today = this.clock.today()
    const facts = await readFacts(tx, memberIds)
    const spans = new Map([...facts].map(([id, { details }]) => [id, contactSpans(heldDetails(details))]))
    const named = new Map([...spans.values()].flat().map(({ email, name }) => [email, name]))
    const held = await this.people.assignments('contact', memberIds, today, tx)
    if (named.size === 0 && held.length === 0) return
    const ids = await this.people.addressed(tx, named)
    const missing: { scopeId: string; personId: string; span: ContactSpan }[] = []
    for (const [memberId, wanted] of spans) {
      const ofMember = held.filter(({ scopeId }) => scopeId === memberId)
      for (const role of ofMember) await this.end(tx, role, wanted, today, by)
      const lacking = wanted
        .filter(runsAfter(today))
        .filter((span) => !ofMember.some((role) => covers(role, span)))
      missing.push(...lacking.map((span) => ({ scopeId: memberId, personId: ids.get(span.email)!, span })))
    }
    const assigned = await this.people.assignAll(
      tx,
      missing.map(({ scopeId, personId, span: { from } }) => ({
        scopeId,
        personId,
        from,
        role: 'contact',
        by,
      })),
    )
    for (const [at, { span }] of missing.entries())
      if (span.until) await this.people.endRole(tx, assigned[at]!, span.until, by)
  }

  private async end(tx: Tx, role: Assignment, wanted: readonly ContactSpan[], today: Day, by: string | null) {
    const span = wanted.find((span) => covers(role, span))
    if (span?.until === role.until) return
    const until = span ? span.until : role.from > today ? role.from : today
    if (until !== null && (role.until === null || until < role.until))
      await this.people.endRole(tx, role.id, until, by)
  }
}

function runsAfter(day: Day) {
  return ({ until }: ContactSpan) => until === null || until > day
}

/** The role is the one of this span, perhaps with another end. */
function covers(role: Assignment, span: ContactSpan): boolean {
  const isOpenLongEnough = role.until === null || (span.until !== null && role.until >= span.until)
  return role.email === span.email && role.from <= span.from && isOpenLongEnough
}
