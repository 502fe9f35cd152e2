import { Module } from '@nestjs/common'
import { DocumentsModule } from '#documents'
import { FilesModule } from '#files'
import { MembersModule } from '#members'
import { StatutesModule } from '#statutes'
import { Assemblies } from './assemblies.service.js'
import { Adjournments } from './convocation/adjournments.service.js'
import { Agenda } from './convocation/agenda.service.js'
import { AssemblyPlan } from './convocation/assembly-plan.service.js'
import { AssemblyPlanners } from './convocation/assembly-planners.service.js'
import { AssemblyRequestNotices } from './convocation/assembly-request-notices.service.js'
import { AssemblyRequests } from './convocation/assembly-requests.service.js'
import { Convocations } from './convocation/convocation.service.js'
import { ConvocationAttachments } from './convocation/convocation-attachments.service.js'
import { ConvocationDossier } from './convocation/convocation-dossier.service.js'
import { ConvocationDrafts } from './convocation/convocation-draft.service.js'
import { ConvocationLetters } from './convocation/convocation-letters.service.js'
import { ConvocationNotices } from './convocation/convocation-notices.service.js'
import { ConvocationPapers } from './convocation/convocation-papers.service.js'
import { ConvocationTasks } from './convocation/convocation-tasks.service.js'
import { EmailConsents } from './convocation/email-consents.service.js'
import { Papers } from './convocation/papers.service.js'
import { SecondAssemblies } from './convocation/second-assemblies.service.js'
import { DecisionEvidence } from './decisions/decision-evidence.service.js'
import { DecisionRegister } from './decisions/decision-register.service.js'
import { Rulings } from './decisions/rulings.service.js'
import { WrittenOrigins } from './decisions/written-origins.js'
import { AssembliesDossier } from './dossier.service.js'
import { Attendance } from './hall/attendance.service.js'
import { CheckInCodes } from './hall/check-in-codes.service.js'
import { ConflictsOfInterest } from './hall/conflicts.service.js'
import { Hall } from './hall/hall.service.js'
import { Proxies } from './hall/proxies.service.js'
import { ProxyLetters } from './hall/proxy-letters.service.js'
import { ProxyNotices } from './hall/proxy-notices.js'
import { QuorumWatch } from './hall/quorum-watch.service.js'
import { StandInRoles } from './hall/stand-in-roles.js'
import { StandIns } from './hall/stand-ins.service.js'
import { Amendments } from './motions/amendments.service.js'
import { AuthorisedRecords } from './motions/authorised-records.js'
import { AuthorisingMotions } from './motions/authorising-motions.service.js'
import { Deeds } from './motions/deeds.service.js'
import { MotionReading } from './motions/motion-reading.service.js'
import { Motions } from './motions/motions.service.js'
import { Proposers } from './motions/proposers.service.js'
import { VotedTexts } from './motions/voted-texts.service.js'
import { AdjournmentController } from './pages/adjournment.controller.js'
import { AdvanceController } from './pages/advance.controller.js'
import { AgendaController } from './pages/agenda.controller.js'
import { AgendaOverview } from './pages/agenda-overview.js'
import { AgendaPages } from './pages/agenda-pages.js'
import { AmendmentPage } from './pages/amendment-page.js'
import { AmendmentsController } from './pages/amendments.controller.js'
import { AssembliesController } from './pages/assemblies.controller.js'
import { AssemblyRequestPage } from './pages/assembly-request-page.js'
import { AssemblyRequestsController } from './pages/assembly-requests.controller.js'
import { BallotsController } from './pages/ballots.controller.js'
import { CheckInController } from './pages/check-in.controller.js'
import { ConvocationController } from './pages/convocation.controller.js'
import { ConvocationPage } from './pages/convocation-page.js'
import { DecisionsController } from './pages/decisions.controller.js'
import { EmailConsentsController } from './pages/email-consents.controller.js'
import { EntryController } from './pages/entry.controller.js'
import { FindingTexts } from './pages/finding-texts.js'
import { FloorController } from './pages/floor.controller.js'
import { HallController } from './pages/hall.controller.js'
import { MotionForms } from './pages/motion-forms.js'
import { MotionPage } from './pages/motion-page.js'
import { MotionsController } from './pages/motions.controller.js'
import { OfficersController } from './pages/officers.controller.js'
import { PaperController } from './pages/paper.controller.js'
import { PaperPage } from './pages/paper-page.js'
import { PlanController } from './pages/plan.controller.js'
import { PollActsController } from './pages/poll-acts.controller.js'
import { PollsController } from './pages/polls.controller.js'
import { ProxiesController } from './pages/proxies.controller.js'
import { RoomController } from './pages/room.controller.js'
import { RoomPages } from './pages/room-pages.js'
import { RulingsController } from './pages/rulings.controller.js'
import { SecondAssemblyController } from './pages/second-assembly.controller.js'
import { AdvanceAdmission } from './polls/advance-admission.service.js'
import { AdvanceVoting } from './polls/advance-voting.service.js'
import { Ballots } from './polls/ballots.service.js'
import { Challenges } from './polls/challenges.service.js'
import { Electorate } from './polls/electorate.service.js'
import { PaperCounts } from './polls/paper-counts.service.js'
import { PaperSheets } from './polls/paper-sheets.service.js'
import { PollNotices } from './polls/poll-notices.js'
import { PollOpening } from './polls/poll-opening.service.js'
import { PollVoiding } from './polls/poll-voiding.service.js'
import { Polls } from './polls/polls.service.js'
import { Proceedings } from './proceedings.service.js'
import { AssemblyReading } from './reading.service.js'
import { AssemblyRecords } from './record/record.service.js'
import { RecordedItems } from './record/record-items.js'
import { RecordedOfficers } from './record/record-officers.js'
import { AgendaProgress } from './room/agenda-progress.service.js'
import { Floor } from './room/floor.service.js'
import { RoomStates } from './room/room-state.service.js'
import { TurnoutNews } from './room/turnout-news.service.js'
import { AssemblyStartPage } from './start-page.service.js'

@Module({
  imports: [DocumentsModule, FilesModule, MembersModule, StatutesModule],
  controllers: [
    AdjournmentController,
    AdvanceController,
    PaperController,
    SecondAssemblyController,
    MotionsController,
    AmendmentsController,
    AssembliesController,
    PollsController,
    PollActsController,
    OfficersController,
    RulingsController,
    BallotsController,
    DecisionsController,
    RoomController,
    FloorController,
    HallController,
    CheckInController,
    EntryController,
    ProxiesController,
    AgendaController,
    AssemblyRequestsController,
    ConvocationController,
    EmailConsentsController,
    PlanController,
  ],
  providers: [
    Adjournments,
    AdvanceAdmission,
    AdvanceVoting,
    PaperCounts,
    PaperPage,
    PaperSheets,
    SecondAssemblies,
    Amendments,
    AuthorisingMotions,
    AssemblyRecords,
    RecordedItems,
    RecordedOfficers,
    AuthorisedRecords,
    Deeds,
    MotionReading,
    Motions,
    Proposers,
    VotedTexts,
    AmendmentPage,
    MotionForms,
    MotionPage,
    FindingTexts,
    ConvocationPage,
    AssemblyRequestPage,
    AgendaPages,
    AgendaOverview,
    Papers,
    EmailConsents,
    Convocations,
    ConvocationTasks,
    ConvocationPapers,
    ConvocationAttachments,
    ConvocationDossier,
    ConvocationLetters,
    ConvocationNotices,
    ConvocationDrafts,
    AssemblyRequests,
    AssemblyRequestNotices,
    AssemblyPlanners,
    AssemblyPlan,
    Agenda,
    AssembliesDossier,
    Assemblies,
    AssemblyReading,
    AssemblyStartPage,
    Attendance,
    Ballots,
    CheckInCodes,
    DecisionEvidence,
    DecisionRegister,
    WrittenOrigins,
    Electorate,
    Hall,
    PollNotices,
    PollOpening,
    PollVoiding,
    Challenges,
    ConflictsOfInterest,
    Rulings,
    StandIns,
    StandInRoles,
    Polls,
    Proceedings,
    Proxies,
    ProxyLetters,
    ProxyNotices,
    QuorumWatch,
    RoomStates,
    RoomPages,
    AgendaProgress,
    Floor,
    TurnoutNews,
  ],
  exports: [
    Adjournments,
    AdvanceVoting,
    PaperCounts,
    SecondAssemblies,
    DecisionEvidence,
    DecisionRegister,
    WrittenOrigins,
    Amendments,
    AuthorisingMotions,
    AssemblyRecords,
    AuthorisedRecords,
    Deeds,
    Motions,
    AgendaProgress,
    Floor,
    Challenges,
    ConflictsOfInterest,
    PollVoiding,
    Rulings,
    StandIns,
    Agenda,
    Assemblies,
    AssemblyPlan,
    AssemblyRequests,
    Convocations,
    EmailConsents,
    Papers,
    Attendance,
    Ballots,
    CheckInCodes,
    Hall,
    Polls,
    Proceedings,
    Proxies,
  ],
})
export class AssembliesModule {}
