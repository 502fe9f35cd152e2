import {
  AdvanceBallotOutcomeRow,
  AssemblyAdjournmentRow,
  PaperCountRow,
  PaperScanRow,
} from './advance.entities.js'
import { AdvanceBallotRow } from './advance-ballot.entity.js'
import { AgendaItemRow, AgendaPaperRow, AgendaPaperVersionRow } from './agenda.entities.js'
import { AmendmentRow, DecisionDeedRow, MotionTextRow } from './amendment.entities.js'
import {
  AssemblyRequestFilingRow,
  AssemblyRequestRow,
  AssemblyRequestSignatureRow,
} from './assembly-request.entities.js'
import { ChallengeMajorityRow, ChallengeRow, ChallengeSupportRow, RulingRow } from './challenge.entities.js'
import {
  ConvocationPostingRow,
  ConvocationRecipientRow,
  ConvocationRow,
  EmailConsentRow,
} from './convocation.entities.js'
import { DecisionRow } from './decision.entity.js'
import { AssemblyRow, MotionRow } from './entities.js'
import { AttendanceEventRow, GuestRow, ProxyEventRow, ProxyRow } from './hall.entities.js'
import { AssemblyOfficerRow, ConflictOfInterestRow } from './officer.entities.js'
import { BallotRow, ElectorRow, PollResultRow, PollRow } from './poll.entities.js'
import { AgendaProgressRow, FloorEventRow } from './room.entities.js'

/** Every table of this library. */
export const assembliesEntities = [
  AssemblyRow,
  MotionRow,
  AttendanceEventRow,
  GuestRow,
  ProxyRow,
  ProxyEventRow,
  PollRow,
  ElectorRow,
  BallotRow,
  PollResultRow,
  DecisionRow,
  ChallengeRow,
  ChallengeSupportRow,
  ChallengeMajorityRow,
  RulingRow,
  ConflictOfInterestRow,
  AssemblyOfficerRow,
  AgendaProgressRow,
  FloorEventRow,
  AgendaItemRow,
  AgendaPaperRow,
  AgendaPaperVersionRow,
  ConvocationRow,
  ConvocationRecipientRow,
  ConvocationPostingRow,
  EmailConsentRow,
  AssemblyRequestRow,
  AssemblyRequestSignatureRow,
  AssemblyRequestFilingRow,
  AmendmentRow,
  MotionTextRow,
  DecisionDeedRow,
  AdvanceBallotRow,
  AdvanceBallotOutcomeRow,
  PaperCountRow,
  PaperScanRow,
  AssemblyAdjournmentRow,
]
