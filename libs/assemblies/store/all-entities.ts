import { DecisionRow } from './decision.entity.js'
import { AssemblyRow, AttendanceRow, MotionRow } from './entities.js'
import { BallotRow, ElectorRow, PollResultRow, PollRow } from './poll.entities.js'

/** Every table of this library. */
export const assembliesEntities = [
  AssemblyRow,
  MotionRow,
  AttendanceRow,
  PollRow,
  ElectorRow,
  BallotRow,
  PollResultRow,
  DecisionRow,
]
