import { Inject, Injectable } from '@nestjs/common'
import { type Happening, type Task, type Visitor } from '#platform'
import { type AccountsOfYear, AnnualAccounts } from './annual-accounts.service.js'

/** What the accounts ask of the board, the kascommissie and the secretary, and what became of them. */
@Injectable()
export class AccountsStartPage {
  constructor(@Inject(AnnualAccounts) private readonly accounts: AnnualAccounts) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('director', 'auditCommittee', 'secretary')) return []
    return (await this.accounts.all()).filter((known) => concerns(visitor, known)).map(task)
  }

  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    if (!visitor.has('delegate', 'director', 'auditCommittee', 'secretary', 'chair')) return []
    const happenings: Happening[] = []
    for (const { year, adoption, laidOpen } of await this.accounts.all()) {
      if (!adoption || !laidOpen) continue
      const about = { values: { year: String(year) }, href: `/jaarrekening/${year}` }
      happenings.push({ key: 'annual-accounts.happenings.offered', ...about, at: adoption.offeredAt })
    }
    return happenings
  }
}

/** Whose turn it is; nobody's while an assembly has to decide. */
function concerns(visitor: Visitor, { step, course, review }: AccountsOfYear): boolean {
  const { personId } = visitor
  switch (step) {
    case 'drawUp':
      return visitor.has('director')
    case 'sign':
      return visitor.has('director') && !course.signed.includes(personId)
    case 'review':
      return visitor.has('auditCommittee') && !review?.signatures.some((one) => one.personId === personId)
    case 'offer':
    case 'offerDischarge':
      return visitor.has('secretary')
    default:
      return false
  }
}

function task({ year, step, dueOn, review }: AccountsOfYear): Task {
  const what = step === 'review' && review ? 'signReview' : step
  return {
    ...{ key: `annual-accounts.tasks.${what}`, values: { year: String(year) }, dueOn },
    ...{ href: `/jaarrekening/${year}`, openNow: false },
  }
}
