import { Controller, Get, Inject } from '@nestjs/common'
import { Accountability, RemindersStartPage } from '#accountability'
import { Admissions } from '#admissions'
import { AgreementsStartPage } from '#agreements'
import { AccountsStartPage } from '#annual-accounts'
import { Assemblies } from '#assemblies'
import { BankStartPage } from '#bank'
import { CityReportStartPage } from '#city-reports'
import { Departures } from '#departures'
import { DistrictStartPage } from '#district-accounts'
import { CallStartPage } from '#guarantee-calls'
import { GuaranteePapersStartPage, GuaranteesStartPage } from '#guarantees'
import { InterventionStartPage } from '#interventions'
import { dayOf } from '#kernel'
import { MandateStartPage } from '#mandates'
import { MemberChanges } from '#member-changes'
import { MemberImports } from '#member-files'
import { MinutesStartPage } from '#minutes'
import { Offices } from '#offices'
import { PaymentsStartPage } from '#payments'
import {
  Clock,
  CurrentVisitor,
  Database,
  type Happening,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  shortDay,
  type Task,
  type Visitor,
} from '#platform'
import { RiskMarginStartPage } from '#risk-margin'
import { WorkPlanStartPage } from '#work-plans'
import { WrittenStartPage } from '#written-decisions'

const RECENT = 20

/** One start page per person, whatever the roles: what to do, in order of date; then what happened. */
@Controller('mijn')
export class MineController {
  constructor(
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Accountability) private readonly accountability: Accountability,
    @Inject(RemindersStartPage) private readonly reminders: RemindersStartPage,
    @Inject(GuaranteesStartPage) private readonly guarantees: GuaranteesStartPage,
    @Inject(GuaranteePapersStartPage) private readonly guaranteePapers: GuaranteePapersStartPage,
    @Inject(RiskMarginStartPage) private readonly riskMargin: RiskMarginStartPage,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(Admissions) private readonly admissions: Admissions,
    @Inject(MemberChanges) private readonly memberChanges: MemberChanges,
    @Inject(Offices) private readonly offices: Offices,
    @Inject(MemberImports) private readonly memberImports: MemberImports,
    @Inject(MandateStartPage) private readonly mandates: MandateStartPage,
    @Inject(MinutesStartPage) private readonly minutes: MinutesStartPage,
    @Inject(AgreementsStartPage) private readonly agreements: AgreementsStartPage,
    @Inject(AccountsStartPage) private readonly annualAccounts: AccountsStartPage,
    @Inject(WorkPlanStartPage) private readonly workPlans: WorkPlanStartPage,
    @Inject(WrittenStartPage) private readonly writtenDecisions: WrittenStartPage,
    @Inject(InterventionStartPage) private readonly interventions: InterventionStartPage,
    @Inject(CityReportStartPage) private readonly cityReports: CityReportStartPage,
    @Inject(DistrictStartPage) private readonly districts: DistrictStartPage,
    @Inject(BankStartPage) private readonly bank: BankStartPage,
    @Inject(CallStartPage) private readonly calls: CallStartPage,
    @Inject(PaymentsStartPage) private readonly payments: PaymentsStartPage,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async show(@CurrentVisitor() visitor: Visitor, @Lang() lang: Language): Promise<Page> {
    const sources = [
      this.assemblies,
      this.accountability,
      this.agreements,
      this.reminders,
      this.guarantees,
      this.guaranteePapers,
      this.riskMargin,
      this.departures,
      this.admissions,
      this.memberChanges,
      this.memberImports,
      this.mandates,
      this.minutes,
      this.writtenDecisions,
      this.annualAccounts,
      this.interventions,
      this.workPlans,
      this.cityReports,
      this.bank,
      this.calls,
      this.districts,
      this.payments,
      this.offices,
    ]
    const [tasks, happenings] = await this.database.readingOnce(() =>
      Promise.all([
        Promise.all(sources.map((source) => source.tasksFor(visitor))),
        Promise.all(sources.map((source) => source.happeningsFor(visitor))),
      ]),
    )
    return page('apps/web/views/mine.hbs', {
      title: this.messages.text(lang, 'web.mine.title'),
      tasks: tasks
        .flat()
        .sort(byUrgency)
        .map((task) => this.shownTask(lang, task)),
      happenings: happenings
        .flat()
        .sort((a, b) => b.at.getTime() - a.at.getTime())
        .slice(0, RECENT)
        .map((happening) => this.shownHappening(lang, happening)),
    })
  }

  private shownTask(lang: Language, task: Task) {
    return {
      label: this.messages.text(lang, `${task.key}.title`, task.values),
      text: this.messages.text(lang, `${task.key}.explanation`, task.values),
      href: task.href,
      ...this.shownWhen(lang, task),
    }
  }

  private shownWhen(lang: Language, { openNow, dueOn }: Task) {
    if (openNow) return { when: this.messages.text(lang, 'web.mine.openNow'), state: 'urgent' }
    if (!dueOn) return {}
    const date = shortDay(lang, dueOn)
    if (dueOn >= this.clock.today()) return { when: date }
    return { when: this.messages.text(lang, 'web.mine.overdue', { date }), state: 'urgent' }
  }

  private shownHappening(lang: Language, { key, values, href, at }: Happening) {
    return {
      when: shortDay(lang, dayOf(at)),
      at: at.toISOString(),
      text: this.messages.text(lang, key, values),
      href,
      linkLabel: this.messages.text(lang, 'web.mine.view'),
    }
  }
}

/** What is open now comes first, then by last day; what has no date comes last. */
function byUrgency(a: Task, b: Task): number {
  if (a.openNow !== b.openNow) return a.openNow ? -1 : 1
  if (a.dueOn === b.dueOn) return 0
  if (a.dueOn === null) return 1
  if (b.dueOn === null) return -1
  return a.dueOn < b.dueOn ? -1 : 1
}
