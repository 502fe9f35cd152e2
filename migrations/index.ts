import { Platform1700000001000 } from './1700000001000-platform.js'
import { Identity1700000002000 } from './1700000002000-identity.js'
import { StatutesAndAreas1700000003000 } from './1700000003000-statutes-and-areas.js'
import { Members1700000004000 } from './1700000004000-members.js'
import { Assemblies1700000005000 } from './1700000005000-assemblies.js'
import { AgreementsAndAccountability1700000006000 } from './1700000006000-agreements-and-accountability.js'
import { GuaranteesAndMargin1700000007000 } from './1700000007000-guarantees-and-margin.js'
import { Notices1700000008000 } from './1700000008000-notices.js'
import { Admissions1700000009000 } from './1700000009000-admissions.js'
import { Departures1700000010000 } from './1700000010000-departures.js'
import { MemberDetails1700000011000 } from './1700000011000-member-details.js'
import { FilesAndEvidence1700000012000 } from './1700000012000-files-and-evidence.js'
import { MandatesAndOffices1700000013000 } from './1700000013000-mandates-and-offices.js'
import { MemberChanges1700000014000 } from './1700000014000-member-changes.js'
import { Privacy1700000015000 } from './1700000015000-privacy.js'
import { MemberImports1700000016000 } from './1700000016000-member-imports.js'
import { AttendanceAndProxies1700000017000 } from './1700000017000-attendance-and-proxies.js'
import { Convocation1700000018000 } from './1700000018000-convocation.js'
import { PollsAnew1700000019000 } from './1700000019000-polls-anew.js'
import { MotionsAndAmendments1700000020000 } from './1700000020000-motions-and-amendments.js'
import { ChallengesAndConflicts1700000021000 } from './1700000021000-challenges-and-conflicts.js'
import { Speakers1700000022000 } from './1700000022000-speakers.js'
import { AdvanceAndPaper1700000023000 } from './1700000023000-advance-and-paper.js'
import { Minutes1700000024000 } from './1700000024000-minutes.js'
import { WrittenDecisions1700000025000 } from './1700000025000-written-decisions.js'
import { AnnualAccounts1700000026000 } from './1700000026000-annual-accounts.js'
import { Counterparties1700000027000 } from './1700000027000-counterparties.js'
import { AgreementNegotiation1700000028000 } from './1700000028000-agreement-negotiation.js'
import { Interventions1700000029000 } from './1700000029000-interventions.js'
import { WorkPlans1700000030000 } from './1700000030000-work-plans.js'
import { ReportSections1700000031000 } from './1700000031000-report-sections.js'
import { ReportUploads1700000032000 } from './1700000032000-report-uploads.js'
import { CityReports1700000033000 } from './1700000033000-city-reports.js'
import { ReportReminders1700000034000 } from './1700000034000-report-reminders.js'
import { LedgerPeriods1700000035000 } from './1700000035000-ledger-periods.js'
import { GuaranteeMovements1700000036000 } from './1700000036000-guarantee-movements.js'
import { GuaranteeMeans1700000037000 } from './1700000037000-guarantee-means.js'
import { Bank1700000038000 } from './1700000038000-bank.js'
import { GuaranteeCalls1700000039000 } from './1700000039000-guarantee-calls.js'
import { YearClose1700000040000 } from './1700000040000-year-close.js'
import { Payments1700000041000 } from './1700000041000-payments.js'
import { DistrictAccounts1700000042000 } from './1700000042000-district-accounts.js'
import { DistributionClosings1700000043000 } from './1700000043000-distribution-closings.js'
import { FourEyes1700000044000 } from './1700000044000-four-eyes.js'

/** The one ordered list of migrations; a new one goes at the end. */
export const migrations = [
  Platform1700000001000,
  Identity1700000002000,
  StatutesAndAreas1700000003000,
  Members1700000004000,
  Assemblies1700000005000,
  AgreementsAndAccountability1700000006000,
  GuaranteesAndMargin1700000007000,
  Notices1700000008000,
  Admissions1700000009000,
  Departures1700000010000,
  MemberDetails1700000011000,
  FilesAndEvidence1700000012000,
  MandatesAndOffices1700000013000,
  MemberChanges1700000014000,
  Privacy1700000015000,
  MemberImports1700000016000,
  AttendanceAndProxies1700000017000,
  Convocation1700000018000,
  PollsAnew1700000019000,
  MotionsAndAmendments1700000020000,
  ChallengesAndConflicts1700000021000,
  Speakers1700000022000,
  AdvanceAndPaper1700000023000,
  Minutes1700000024000,
  WrittenDecisions1700000025000,
  AnnualAccounts1700000026000,
  Counterparties1700000027000,
  AgreementNegotiation1700000028000,
  Interventions1700000029000,
  WorkPlans1700000030000,
  ReportSections1700000031000,
  ReportUploads1700000032000,
  CityReports1700000033000,
  ReportReminders1700000034000,
  LedgerPeriods1700000035000,
  GuaranteeMovements1700000036000,
  GuaranteeMeans1700000037000,
  Bank1700000038000,
  GuaranteeCalls1700000039000,
  YearClose1700000040000,
  Payments1700000041000,
  DistrictAccounts1700000042000,
  DistributionClosings1700000043000,
  FourEyes1700000044000,
]
