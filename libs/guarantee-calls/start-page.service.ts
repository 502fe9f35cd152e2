import { Inject, Injectable } from '@nestjs/common'
import { formatCents } from '#kernel'
import type { Happening, Role, Task, Visitor } from '#platform'
import { actorOf } from './defaults.service.js'
import { type Call, callPath, GuaranteeCalls } from './guarantee-calls.service.js'
import { checkDefault, checkDefaultAnswer } from './rules/default.js'

/** Who acts for the cooperative about who does not pay. */
export const CALL_WORKERS = ['director', 'controller', 'chair'] as const satisfies readonly Role[]

/** What calls ask of the director, of who agrees with defaults, and of the members that were called. */
@Injectable()
export class CallStartPage {
  constructor(@Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('delegate', ...CALL_WORKERS)) return []
    const calls = await this.calls.all()
    return calls.flatMap((call) => [
      ...toPay(visitor, call),
      ...toIssue(visitor, call),
      ...toDecide(visitor, call),
    ])
  }

  /** What the visitor's own members were called for and what was received of them. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const mine = visitor.scopesOf('delegate')
    if (mine.length === 0) return []
    return (await this.calls.all()).flatMap((call) =>
      call.holders
        .filter(({ memberId, claim }) => claim !== null && mine.includes(memberId))
        .flatMap(({ memberId, name, partCents, claim }) => {
          const href = `${callPath(call)}/leden/${memberId}`
          const values = { member: name, reference: claim!.reference }
          const called = { key: 'guarantee-calls.happenings.called', href, at: call.issue!.issuedAt }
          return [
            { ...called, values: { ...values, amount: formatCents(partCents) } },
            ...claim!.payments.map(({ cents, recordedAt }) => ({
              ...{ key: 'guarantee-calls.happenings.received', href, at: recordedAt },
              values: { ...values, amount: formatCents(cents) },
            })),
          ]
        }),
    )
  }
}

function toPay(visitor: Visitor, call: Call): Task[] {
  return call.holders
    .filter(
      ({ memberId, claim, openCents }) => claim && openCents > 0n && visitor.hasFor('delegate', memberId),
    )
    .map(({ memberId, name, openCents, claim }) => ({
      key: 'guarantee-calls.tasks.pay',
      values: { member: name, amount: formatCents(openCents), reference: claim!.reference },
      href: `${callPath(call)}/leden/${memberId}`,
      dueOn: call.issue!.dueOn,
      openNow: false,
    }))
}

function toIssue(visitor: Visitor, call: Call): Task[] {
  if (!visitor.has('director') || call.state !== 'adopted') return []
  const values = { reference: call.reference, amount: formatCents(call.amountCents) }
  return [{ key: 'guarantee-calls.tasks.issue', values, href: callPath(call), dueOn: null, openNow: false }]
}

function toDecide(visitor: Visitor, call: Call): Task[] {
  if (!visitor.has(...CALL_WORKERS)) return []
  return call.holders.flatMap(({ memberId, name, pending, state }) => {
    const actor = actorOf(visitor, memberId)
    const task = {
      ...{ values: { member: name, reference: call.reference }, href: `${callPath(call)}/leden/${memberId}` },
      ...{ dueOn: null, openNow: false },
    }
    if (pending && checkDefaultAnswer(pending.recordedBy, actor).length === 0)
      return [{ ...task, key: 'guarantee-calls.tasks.confirm' }]
    const decides =
      state === 'inDefault' && checkDefault(state, 'pursued', pending !== null, actor).length === 0
    return decides && visitor.has('director', 'controller')
      ? [{ ...task, key: 'guarantee-calls.tasks.decide' }]
      : []
  })
}
