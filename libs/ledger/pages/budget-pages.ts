import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { dayOf, formatCents } from '#kernel'
import {
  Clock,
  formErrors,
  Ids,
  isId,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import type { SheetView } from '#sheets'
import { columnName } from '#sheets'
import { type Budget, Budgets } from '../budgets.service.js'
import { LedgerAccounts } from '../ledger-accounts.service.js'
import { budgetHeads, type CellFinding } from '../rules/read-budget.js'
import { statement } from '../rules/statement.js'
import { APPROPRIATION } from '../rules/year-end.js'
import { LedgerWords, VIEWS } from './ledger-words.js'

const MOST_FINDINGS = 100

/** Budgets: which hold, handing one in, and looking at it before it holds. */
@Injectable()
export class BudgetPages {
  constructor(
    @Inject(Budgets) private readonly budgets: Budgets,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** @param outcome what came of a file that could not be taken */
  async list(
    lang: Language,
    visitor: Visitor,
    outcome: {
      typed?: Record<string, string>
      refused?: RefusedForm
      findings?: readonly CellFinding[]
    } = {},
  ): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const { refused, findings = [] } = outcome
    const errors = refused
      ? formErrors(this.messages, lang, refused.errors)
      : findings.length > 0
        ? [{ path: 'bestand', message: text('budget.mend', { count: findings.length }) }]
        : null
    const model = {
      title: text('budget.title'),
      columns: [
        { label: text('label.year') },
        { label: text('budget.version') },
        { label: text('budget.adopted'), kind: 'day' },
      ],
      rows: (await this.budgets.versions()).map(({ budgetId, year, version, adoptedAt }) => [
        { value: String(year), href: `/grootboek/begrotingen/${budgetId}` },
        String(version),
        dayOf(adoptedAt),
      ]),
      mayUpload: visitor.has('controller'),
      requestKey: this.ids.next(),
      year: outcome.typed?.jaar ?? String(Number(this.clock.today().slice(0, 4))),
      findings: findings.slice(0, MOST_FINDINGS).map(({ row, column, code, params }) => ({
        place: text('budget.cell', { cell: `${columnName(column)}${row}` }),
        what: text(`budget.findings.${code}`, params),
      })),
      moreFindings: findings.length > MOST_FINDINGS ? String(findings.length - MOST_FINDINGS) : null,
      typed: refused?.typed ?? outcome.typed ?? null,
      errors,
    }
    return page(`${VIEWS}/budgets.hbs`, model, errors ? 422 : 200)
  }

  async show(lang: Language, visitor: Visitor, id: string): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const budget = await this.find(id)
    const { year, adoption } = budget
    const { income, costs, result } = statement(await this.accounts.all(), [], budget.lines)
    const before = adoption ? null : await this.budgets.ofYear(year)
    return page(`${VIEWS}/budget.hbs`, {
      title: text('budget.ofYear', { year: String(year) }),
      ...{ id, year, budgetNote: budget.note, mayAdopt: !adoption && visitor.has('controller') },
      stateText: adoption
        ? text('budget.state.adopted', { version: adoption.version })
        : text('budget.state.proposed'),
      stateTone: adoption ? 'good' : 'warn',
      adoptedOn: adoption && longDay(lang, dayOf(adoption.adoptedAt)),
      replaces: before && text('budget.replaces', { version: before.adoption!.version }),
      figures: [
        { value: formatCents(income.budgetCents), label: text('budget.income') },
        { value: formatCents(costs.budgetCents), label: text('budget.costs') },
        { value: formatCents(result.budgetCents), label: text('budget.rest') },
      ],
      unlevel: result.budgetCents !== 0n,
      columns: [
        { label: text('label.account') },
        { label: text('label.project') },
        { label: text('label.description') },
        { label: text('budget.income'), kind: 'money' },
        { label: text('budget.costs'), kind: 'money' },
      ],
      rows: await this.rows(lang, budget),
      totals: [text('total'), null, null, income.budgetCents, costs.budgetCents],
      about: [
        { label: text('budget.file'), value: budget.name },
        { label: text('budget.sha256'), value: budget.sha256 },
      ],
      downloads: (['csv', 'xlsx'] as const).map((kind) => ({
        ...{ href: `/grootboek/begrotingen/${id}/regels.${kind}`, download: true },
        label: text(`download.${kind}`),
      })),
    })
  }

  /** As it is handed in: what is downloaded can be changed and uploaded again. */
  async sheet(lang: Language, id: string): Promise<SheetView> {
    const { year, lines } = await this.find(id)
    const projects = new Map((await this.words.projects(lang)).map((project) => [project.id, project]))
    return {
      name: `begroting-${year}`,
      columns: budgetColumns(),
      rows: lines.map(({ account, accountingDistrictId, description, cents }) => {
        const project = projects.get(accountingDistrictId ?? 'central')!
        return [project.id === 'central' ? project.slug : project.name, account, description, cents]
      }),
    }
  }

  /** An empty one with the accounts of the result and the projects to choose from. */
  async template(lang: Language): Promise<SheetView> {
    const projects = (await this.words.projects(lang)).map(({ id, slug, name }) =>
      id === 'central' ? slug : name,
    )
    const accounts = (await this.accounts.all()).filter(
      ({ code }) => code.startsWith('W') && code !== APPROPRIATION,
    )
    return {
      name: 'begroting-sjabloon',
      columns: budgetColumns(
        projects,
        accounts.map(({ code }) => code),
      ),
      rows: accounts.map(({ code, name }) => ['centraal', code, name, 0n]),
    }
  }

  /** @throws NotFoundException */
  async find(id: string): Promise<Budget> {
    const budget = isId(id) ? await this.budgets.find(id) : null
    if (!budget) throw new NotFoundException()
    return budget
  }

  private async rows(lang: Language, { lines }: Budget) {
    const names = await this.words.accountNames()
    const projects = new Map((await this.words.projects(lang)).map((project) => [project.id, project.name]))
    return lines.map(({ account, accountingDistrictId, description, cents }) => {
      const known = names.get(account)
      const isIncome = known?.side === 'credit'
      return [
        { value: known?.name ?? account, note: account },
        projects.get(accountingDistrictId ?? 'central') ?? '',
        description,
        isIncome ? cents : null,
        isIncome ? null : cents,
      ]
    })
  }
}

function budgetColumns(projects?: readonly string[], accounts?: readonly string[]): SheetView['columns'] {
  return [
    { header: budgetHeads.project, width: 26, list: projects },
    { header: budgetHeads.account, width: 16, list: accounts },
    { header: budgetHeads.description, width: 50 },
    { header: budgetHeads.amount, kind: 'money', width: 18 },
  ]
}
