import { Inject, Injectable } from '@nestjs/common'
import { AuthorisingMotions, type MotionStanding } from '#assemblies'
import type { Cents, Day } from '#kernel'
import { Clock, Database, type Tx } from '#platform'
import { callOn, standingOn } from './rules/call-on-day.js'
import {
  type Claim,
  type ClaimState,
  callReference,
  openCentsOf,
  stateOf,
  type Treatment,
} from './rules/claim.js'
import { type CallInputs, thawCall } from './rules/frozen-call.js'
import {
  findCall,
  readCalls,
  type StoredCall,
  type StoredClaim,
  type StoredDefault,
} from './store/call.store.js'

/** What an adopted decision on a call refers to. */
export const GUARANTEE_CALL = 'guaranteeCall'

/** How far a call is. `lapsed`: its assembly was over before it voted on it. */
export type CallState =
  | 'proposed'
  | 'adopted'
  | 'rejected'
  | 'withdrawn'
  | 'lapsed'
  | 'issued'
  | 'settled'
  | 'cancelled'

/** One holder's part of a call; before the call goes out it has no state yet. */
export interface CalledHolder extends Claim {
  memberId: string
  number: number
  name: string
  pledgedCents: Cents
  calledBeforeCents: Cents
  openCents: Cents
  state: ClaimState | null
  claim: StoredClaim | null
  /** What somebody proposed about a holder that does not pay, and nobody answered yet. */
  pending: StoredDefault | null
}

/** A call with where it stands and what each holder paid. */
export interface Call extends StoredCall {
  reference: string
  state: CallState
  standing: MotionStanding
  content: CallInputs
  holders: CalledHolder[]
  /** By the bank or from what was paid in. */
  paidCents: Cents
  openCents: Cents
  writtenOffCents: Cents
}

/** Reading the calls on the guarantees. */
@Injectable()
export class GuaranteeCalls {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuthorisingMotions) private readonly motions: AuthorisingMotions,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Every call, the latest first; with a day as they all were at its end, without those proposed later. */
  async all(tx: Tx = this.database.read, { on = null }: { on?: Day | null } = {}): Promise<Call[]> {
    const calls: Call[] = []
    for (const recorded of await readCalls(tx)) {
      const stored = on === null ? recorded : callOn(recorded, on)
      if (stored) calls.push(await this.withState(tx, stored, on))
    }
    return calls
  }

  async find(by: { id: string } | { requestKey: string }, tx: Tx = this.database.read): Promise<Call | null> {
    const stored = await findCall(tx, by)
    return stored && this.withState(tx, stored)
  }

  /**
   * The calls of a year that keep it from being closed: proposed or adopted and not out yet, or out with something
   * that is still to be paid.
   */
  async openOf(
    year: number,
    tx: Tx = this.database.read,
  ): Promise<{ id: string; number: number; amountCents: Cents; paidCents: Cents; openCents: Cents }[]> {
    return (await this.all(tx))
      .filter((call) => call.year === year && OPEN.includes(call.state))
      .map(({ id, number, amountCents, paidCents, openCents }) => ({
        ...{ id, number, amountCents, paidCents, openCents },
      }))
  }

  private async withState(tx: Tx, stored: StoredCall, on: Day | null = null): Promise<Call> {
    const now = await this.motions.standing({ kind: GUARANTEE_CALL, id: stored.id }, tx)
    const standing = on === null ? now : standingOn(now, on)
    const holders = holdersOf(stored, on ?? this.clock.today())
    const sum = (of: (holder: CalledHolder) => Cents) =>
      holders.reduce((total, holder) => total + of(holder), 0n)
    const openCents = sum((holder) => holder.openCents)
    return {
      ...stored,
      reference: callReference(stored),
      state: callState(stored, standing, openCents),
      standing,
      content: thawCall(stored.inputs),
      holders,
      paidCents: sum(({ offsetCents, paidCents }) => offsetCents + paidCents),
      openCents,
      writtenOffCents: sum((holder) =>
        holder.treatment === 'writtenOff' ? holder.partCents - holder.offsetCents - holder.paidCents : 0n,
      ),
    }
  }
}

function holdersOf({ parts, claims, issue, cancellation }: StoredCall, day: Day): CalledHolder[] {
  return parts.map(({ memberId, number, name, pledgedCents, calledBeforeCents, partCents }) => {
    const claim = claims.find((one) => one.memberId === memberId) ?? null
    const facts: Claim = {
      partCents,
      offsetCents: claim?.offsetCents ?? 0n,
      paidCents: (claim?.payments ?? []).reduce((sum, { cents }) => sum + cents, 0n),
      treatment: treatmentOf(claim),
      cancelled: cancellation !== null,
    }
    return {
      ...{ memberId, number, name, pledgedCents, calledBeforeCents, ...facts },
      openCents: openCentsOf(facts),
      state: issue && stateOf(facts, issue, day),
      claim,
      pending: claim?.defaults.find(({ answer }) => answer === null) ?? null,
    }
  })
}

const OPEN: readonly CallState[] = ['proposed', 'adopted', 'issued']

function callState(
  { withdrawal, issue, cancellation }: StoredCall,
  { state }: MotionStanding,
  openCents: Cents,
): CallState {
  if (cancellation) return 'cancelled'
  if (issue) return openCents === 0n ? 'settled' : 'issued'
  if (withdrawal) return 'withdrawn'
  if (state === 'adopted' || state === 'rejected') return state
  return state === 'withdrawn' ? 'lapsed' : 'proposed'
}

/** What two people agreed last. */
function treatmentOf(claim: StoredClaim | null): Treatment | null {
  return claim?.defaults.findLast(({ answer }) => answer?.answer === 'confirmed')?.treatment ?? null
}

/** Where a call is shown. */
export function callPath({ id }: { id: string }): string {
  return `/garanties/aanspraken/${id}`
}
