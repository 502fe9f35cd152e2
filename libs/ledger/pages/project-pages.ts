import { Inject, Injectable } from '@nestjs/common'
import { type Language, type Page, page, type Visitor } from '#platform'
import type { SheetView } from '#sheets'
import { Budgets } from '../budgets.service.js'
import { Ledger } from '../ledger.service.js'
import { LedgerAccounts } from '../ledger-accounts.service.js'
import { type Statement, type StatementPart, statement } from '../rules/statement.js'
import type { Project } from '../store/balance.store.js'
import { address, LedgerWords, type NamedProject, VIEWS } from './ledger-words.js'

/** Who may open an account from a statement; members read the statements only. */
export const LEDGER_READERS = [
  ...(['director', 'controller', 'serviceTeam', 'teamLead', 'auditCommittee', 'chair'] as const),
]

/** Income and expenditure of a year beside the budget: of all projects, and of each. */
@Injectable()
export class ProjectPages {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(Budgets) private readonly budgets: Budgets,
    @Inject(LedgerWords) private readonly words: LedgerWords,
  ) {}

  async list(lang: Language, typedYear: string | undefined): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const year = await this.year(typedYear)
    const rows = []
    const [budget, actual] = [{ costs: 0n }, { costs: 0n }]
    for (const project of await this.words.projects(lang)) {
      const { income, costs } = await this.statement(year, project)
      budget.costs += costs.budgetCents
      actual.costs += costs.actualCents
      rows.push([
        { value: project.name, href: `/grootboek/projecten/${project.slug}?jaar=${year}` },
        ...[income.budgetCents, income.actualCents, costs.budgetCents, costs.actualCents],
      ])
    }
    const all = await this.statement(year, undefined)
    const { income, costs } = all
    const held = await this.budgets.ofYear(year)
    return page(`${VIEWS}/projects.hbs`, {
      title: text('projects.title', { year: String(year) }),
      ...{
        year,
        budgetNote: held?.note || (held ? null : text('projects.noBudget', { year: String(year) })),
      },
      columns: [
        { label: text('label.project') },
        { label: text('projects.incomeBudget'), kind: 'money' },
        { label: text('projects.income'), kind: 'money' },
        { label: text('projects.costsBudget'), kind: 'money' },
        { label: text('projects.costs'), kind: 'money' },
      ],
      rows,
      totals: [text('total'), income.budgetCents, income.actualCents, costs.budgetCents, costs.actualCents],
    })
  }

  async show(lang: Language, visitor: Visitor, slug: string, typedYear: string | undefined): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const year = await this.year(typedYear)
    const project = (await this.words.project(lang, slug))!
    const { income, costs, result } = await this.statement(year, project)
    const reads = visitor.has(...LEDGER_READERS)
    const table = ({ lines, ...sums }: StatementPart) => ({
      rows: lines.map(({ account, name, budgetCents, actualCents, differenceCents }) => [
        {
          value: name,
          note: account,
          ...(reads && {
            href: address(`/grootboek/rekeningen/${account}`, {
              project: slug,
              van: `${year}-01-01`,
              tot: `${year}-12-31`,
            }),
          }),
        },
        ...[budgetCents, actualCents, differenceCents],
      ]),
      totals: [text('total'), sums.budgetCents, sums.actualCents, sums.differenceCents],
    })
    return page(`${VIEWS}/project.hbs`, {
      title: text('project.title', { project: project.name, year: String(year) }),
      ...{ year, slug, income: table(income), costs: table(costs) },
      columns: [
        { label: text('label.account') },
        { label: text('label.budget'), kind: 'money' },
        { label: text('label.actual'), kind: 'money' },
        { label: text('label.difference'), kind: 'money' },
      ],
      result: [[text('project.result'), result.budgetCents, result.actualCents, result.differenceCents]],
      centralNote: project.id === 'central' ? null : text('project.centralNote'),
      downloads: (['csv', 'xlsx'] as const).map((kind) => ({
        ...{ href: `/grootboek/projecten/${slug}/staat.${kind}?jaar=${year}`, download: true },
        label: text(`download.${kind}`),
      })),
    })
  }

  async sheet(lang: Language, slug: string, typedYear: string | undefined): Promise<SheetView> {
    const text = (key: string) => this.words.say(lang, key)
    const year = await this.year(typedYear)
    const project = (await this.words.project(lang, slug))!
    const { income, costs, result } = await this.statement(year, project)
    const lines = (kind: string, { lines: given }: StatementPart) =>
      given.map(({ account, name, budgetCents, actualCents, differenceCents }) => [
        ...[text(`kind.${kind}`), account, name, budgetCents, actualCents, differenceCents],
      ])
    const money = { kind: 'money' as const, width: 18 }
    return {
      name: `baten-en-lasten-${slug}-${year}`,
      columns: [
        ...[
          { header: text('label.kind') },
          { header: text('label.code') },
          { header: text('label.account'), width: 50 },
        ],
        { header: text('label.budget'), ...money },
        { header: text('label.actual'), ...money },
        { header: text('label.difference'), ...money },
      ],
      rows: [
        ...lines('income', income),
        ...lines('costs', costs),
        ['', '', text('project.result'), result.budgetCents, result.actualCents, result.differenceCents],
      ],
    }
  }

  /** Of one project, or of all together. */
  private async statement(year: number, project: NamedProject | undefined): Promise<Statement> {
    const [now, before, budget, accounts] = await Promise.all([
      this.ledger.balances(`${year}-12-31`),
      this.ledger.balances(`${year - 1}-12-31`),
      this.budgets.ofYear(year),
      this.accounts.all(),
    ])
    const ofProject = (one: { project: Project }) => !project || one.project === project.id
    const lines = (budget?.lines ?? []).map((line) => ({
      ...line,
      project: line.accountingDistrictId ?? 'central',
    }))
    const booked = [...now, ...before.map(({ cents, ...one }) => ({ ...one, cents: -cents }))]
    return statement(accounts, booked.filter(ofProject), lines.filter(ofProject))
  }

  /** The year that was asked for, else the latest with a budget. */
  private async year(typed: string | undefined): Promise<number> {
    const [latest] = await this.budgets.versions()
    return this.words.yearOr(typed, latest?.year)
  }
}
