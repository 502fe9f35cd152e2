import type { Day } from '#kernel'
import type { MemberKind, MemberStatus } from './rules/membership.js'

/** What the register says of a member on a day. */
export interface MemberOnDay {
  id: string
  number: number
  name: string
  kind: MemberKind | null
  status: MemberStatus
  mayVote: boolean
  founder: boolean
  /** The day of the (last) admission. */
  since: Day | null
  note: string | null
  /** The numbers of the buurten in which it is rooted. */
  neighbourhoods: number[]
}
