import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import pg from 'pg'
import { ReportsEntering } from '#accountability'
import { Applying, Criteria } from '#admissions'
import { AccountsEntering } from '#annual-accounts'
import { EmailConsents } from '#assemblies'
import { BankAccounts } from '#bank'
import { CityReportWriting, Effects } from '#city-reports'
import { AdvancesEntering } from '#district-accounts'
import { Documents } from '#documents'
import { GuaranteeRecords, MeansDeclarations, YearStatements } from '#guarantees'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Budgets, Ledger } from '#ledger'
import { Mandates } from '#mandates'
import { Members } from '#members'
import { Offices, offices } from '#offices'
import { Audit, Clock, type Config, Database, Ids, PlatformModule, type Tx } from '#platform'
import { MarginReserves } from '#risk-margin'
import { Statutes } from '#statutes'
import { PlanEntering, SubsidyDivisions } from '#work-plans'
import { domainModules } from '../domain.modules.js'
import { entities } from '../entities.js'
import { loadAdmissions } from './admissions.js'
import { loadAgreementDraft } from './agreement-draft.js'
import { loadAnnualAccounts } from './annual-accounts.js'
import { loadAreas } from './areas.js'
import { loadAssembly } from './assembly.js'
import { loadCityReports } from './city-reports.js'
import { loadAdvances } from './district-accounts.js'
import { loadEmailConsents } from './email-consents.js'
import { loadGuaranteePapers } from './guarantee-papers.js'
import { loadInterventions } from './interventions.js'
import { loadLedger } from './ledger.js'
import { accountants, loadAgreements } from './load-agreements.js'
import { loadMandatesAndOffices } from './mandates.js'
import { demoParticulars } from './member-particulars.js'
import { founders, partners, supporters } from './organisations.js'
import { demoPeople } from './people.js'
import { demoStatutes } from './statutes.js'
import { loadWorkPlan } from './work-plan.js'

const FOUNDED: Day = '2018-06-01'
const YEAR_START: Day = '2019-01-01'
/** Saturday 15 February 2020, half past ten in Amsterdam: the assembly has just begun. */
const CLOCK_STARTS = new Date('2020-02-15T10:30:00+01:00')

@Module({})
class DemoLoaderModule {
  static with(config: Config) {
    return { module: DemoLoaderModule, imports: [PlatformModule.with(config, entities), ...domainModules] }
  }
}

/**
 * Fills the database with the demo cooperative, once: whoever comes second finds it done.
 * @returns whether it was loaded now.
 */
export async function loadDemoOnce(config: Config): Promise<boolean> {
  if (await isLoaded(config.databaseUrl)) return false
  const app = await NestFactory.createApplicationContext(DemoLoaderModule.with({ ...config, demo: true }), {
    logger: ['error'],
    abortOnError: false,
  })
  try {
    return await app.get(Database).transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(730031)')
      const done: unknown[] = await tx.query(`SELECT 1 FROM audit_log WHERE action = 'demo.loaded'`)
      if (done.length > 0) return false
      await app.get(Clock).moveTo(CLOCK_STARTS)
      await load(tx, {
        ids: app.get(Ids),
        people: app.get(People),
        members: app.get(Members),
        mandates: app.get(Mandates),
        offices: app.get(Offices),
        statutes: app.get(Statutes),
        guarantees: app.get(GuaranteeRecords),
        declarations: app.get(MeansDeclarations),
        statements: app.get(YearStatements),
        audit: app.get(Audit),
        criteria: app.get(Criteria),
        applying: app.get(Applying),
        consents: app.get(EmailConsents),
        accounts: app.get(AccountsEntering),
        documents: app.get(Documents),
        ledger: app.get(Ledger),
        reserves: app.get(MarginReserves),
        budgets: app.get(Budgets),
        bankAccounts: app.get(BankAccounts),
        advances: app.get(AdvancesEntering),
        effects: app.get(Effects),
        cityReports: app.get(CityReportWriting),
        divisions: app.get(SubsidyDivisions),
        reports: app.get(ReportsEntering),
        plans: app.get(PlanEntering),
      })
      return true
    })
  } finally {
    await app.close()
  }
}

async function isLoaded(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const found = await client.query(`SELECT 1 FROM audit_log WHERE action = 'demo.loaded' LIMIT 1`)
    return found.rowCount !== 0
  } finally {
    await client.end()
  }
}

interface Services {
  ids: Ids
  people: People
  members: Members
  mandates: Mandates
  offices: Offices
  statutes: Statutes
  guarantees: GuaranteeRecords
  declarations: MeansDeclarations
  statements: YearStatements
  audit: Audit
  criteria: Criteria
  applying: Applying
  consents: EmailConsents
  accounts: AccountsEntering
  documents: Documents
  ledger: Ledger
  reserves: MarginReserves
  budgets: Budgets
  bankAccounts: BankAccounts
  advances: AdvancesEntering
  effects: Effects
  cityReports: CityReportWriting
  divisions: SubsidyDivisions
  reports: ReportsEntering
  plans: PlanEntering
}

async function load(tx: Tx, services: Services): Promise<void> {
  const { ids, people, statutes, audit } = services
  await statutes.record(tx, demoStatutes)
  const areas = await loadAreas(tx, () => ids.next())
  const officers = await loadOfficers(tx, people)
  await loadWorkPlan(tx, services, officers)
  const members = await loadMembers(tx, services)
  await loadGuarantees(tx, services, members)
  await loadGuaranteePapers(tx, services, [...members.values()])
  await loadLedger(tx, services)
  await services.bankAccounts.enter(tx, { iban: 'NL91ABNA0417164300', name: 'SAMEN030 U.A.' })
  await loadMandatesAndOffices(tx, services, officers, members.get(partners[0])!)
  const participants = [
    'Podium Oost',
    'Burenhulp Krommerijn',
    'Sportspeeltuin Abstede',
    'Wilhelminakerk Oost',
  ]
  const counterparties = await loadAgreements(tx, {
    ids,
    reports: services.reports,
    areas,
    participantMemberIds: participants.map((name) => members.get(name)!),
    contractorMemberId: members.get(partners[1])!,
    directorMemberId: members.get(partners[0])!,
    officers,
  })
  for (const [counterparty, { treasurer, coordinator }] of Object.entries(accountants)) {
    const scopeId = counterparties[counterparty as keyof typeof accountants]
    for (const [key, role] of [
      [treasurer, 'treasurer'],
      [coordinator, 'coordinator'],
    ] as const) {
      await people.assign(tx, { personId: officers.get(key)!, role, scopeId, from: YEAR_START, by: null })
    }
  }
  await loadAdvances(tx, services.advances)
  await loadAgreementDraft(tx, {
    ...{ ids, people, areas, officers },
    participantMemberIds: ['Witte Bollen Overvecht', 'U in de Wijk Overvecht'].map(
      (name) => members.get(name)!,
    ),
  })
  await loadInterventions(tx, services, officers)
  await loadAssembly(tx, ids, members, people)
  await loadEmailConsents(tx, services.consents, [...members.values()])
  await loadAdmissions(tx, services)
  await loadAnnualAccounts(tx, services, officers)
  await loadCityReports(tx, services, officers.get('teamleider')!)
  await audit.record(tx, { actorId: null, action: 'demo.loaded', subject: { kind: 'demo', id: 'samen030' } })
}

/** The people of the demo; their offices come later, with the terms. */
async function loadOfficers(tx: Tx, people: People): Promise<Map<string, string>> {
  const officers = new Map<string, string>()
  for (const { key, email, name, roles } of demoPeople) {
    const personId = await people.add(tx, { name, email })
    officers.set(key, personId)
    const others = roles.filter((role) => !(offices as readonly string[]).includes(role))
    for (const role of others) await people.assign(tx, { personId, role, from: FOUNDED, by: null })
  }
  return officers
}

/** Founders get numbers 1 to 4, the other voting members 5 to 51, the partners 52 and 53. */
async function loadMembers(tx: Tx, { members, people, mandates }: Services): Promise<Map<string, string>> {
  const all = [
    ...founders.map(({ name }) => ({ name, kind: 'voting' as const, on: FOUNDED, founder: true })),
    ...supporters.map((name) => ({ name, kind: 'voting' as const, on: YEAR_START, founder: false })),
    ...partners.map((name) => ({ name, kind: 'supporting' as const, on: FOUNDED, founder: false })),
  ]
  const byName = new Map<string, string>()
  for (const [index, member] of all.entries()) {
    const number = index + 1
    // On the day itself, so that the demo can also show what was known earlier.
    const recordedAt = new Date(`${member.on}T10:00:00Z`)
    const details = demoParticulars(number, member.name)
    const id = await members.admit(tx, { ...member, number, details, by: null, recordedAt })
    byName.set(member.name, id)
    // A role, not a person: the delegate goes by the organisation's name.
    const personId = await people.add(tx, { name: member.name, email: `lid-${number}@example.org` })
    await mandates.enter(tx, { memberId: id, personId, from: member.on, by: null, recordedAt })
  }
  return byName
}

/** Subsidy year 2019 and who stands surety for what (subsidy application 2018, § 10.2 and § 11.6). */
async function loadGuarantees(
  tx: Tx,
  { guarantees, ledger }: Services,
  members: Map<string, string>,
): Promise<void> {
  await guarantees.recordYear(
    tx,
    { year: 2019, awardedCents: 603_455_000n, guaranteeBaseCents: 600_000_000n },
    null,
  )
  await guarantees.recordCapHolder(tx, {
    memberId: members.get(partners[0])!,
    role: 'director',
    holdsFrom: FOUNDED,
    by: null,
  })
  await guarantees.recordCapHolder(tx, {
    memberId: members.get(partners[1])!,
    role: 'contractor',
    holdsFrom: FOUNDED,
    by: null,
  })
  for (const { name, paidInCents } of founders) {
    const memberId = members.get(name)!
    const document = 'Oprichtingsakte, inbreng van de oprichters'
    await guarantees.recordMovement(tx, {
      memberId,
      type: 'accepted',
      cents: paidInCents,
      onDay: FOUNDED,
      document,
      by: null,
    })
    await guarantees.recordMovement(tx, {
      memberId,
      type: 'paidIn',
      cents: paidInCents,
      onDay: FOUNDED,
      document,
      by: null,
    })
    await ledger.post(tx, {
      // The books begin with the first subsidy year.
      ...{ idempotencyKey: `demo:deposit-${memberId}`, onDay: YEAR_START, document, recordedBy: null },
      description: `Beginstand: storting van ${name}`,
      postings: [
        { account: 'BLimBan', cents: paidInCents },
        { account: 'BSchGar', memberId, cents: -paidInCents },
      ],
    })
  }
  await guarantees.recordMovement(tx, {
    memberId: members.get(partners[0])!,
    type: 'accepted',
    cents: 48_000_000n,
    onDay: YEAR_START,
    document: 'Subsidieaanvraag 2018, § 10.2',
    by: null,
  })
}
