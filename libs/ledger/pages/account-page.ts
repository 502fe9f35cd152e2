import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { addDays, formatCents, isDay, RuleViolated } from '#kernel'
import { Database, type Language, longDay, type Page, page } from '#platform'
import type { SheetView } from '#sheets'
import { Ledger } from '../ledger.service.js'
import { LedgerAccounts } from '../ledger-accounts.service.js'
import { type AccountLine, type LineQuery, measureLines, readLines } from '../store/balance.store.js'
import { address, LedgerWords, pageLinks, VIEWS } from './ledger-words.js'

const LINES_PER_PAGE = 50
/** What a spreadsheet still opens with ease. */
const MOST_IN_SHEET = 100_000

export interface AccountQuery {
  from?: string
  through?: string
  project?: string
  page?: string
}

/** The lines of one account with the balance after each of them. */
@Injectable()
export class AccountPage {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Database) private readonly database: Database,
  ) {}

  async show(lang: Language, code: string, query: AccountQuery): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const { account, project, lines: wanted } = await this.read(lang, code, query)
    const opening = await this.ledger.balance({
      ...{ account: code, project: project?.id, through: addDays(wanted.from, -1) },
    })
    const all = await measureLines(this.database.read, wanted, 0)
    const pages = Math.max(1, Math.ceil(all.count / LINES_PER_PAGE))
    const current = Math.min(pages, Math.max(1, Number(query.page) || 1))
    const skip = (current - 1) * LINES_PER_PAGE
    const { skippedCents } =
      skip > 0 ? await measureLines(this.database.read, wanted, skip) : { skippedCents: 0n }
    const lines = await readLines(this.database.read, wanted, { skip, most: LINES_PER_PAGE })
    const chosen = { van: wanted.from, tot: wanted.through, project: project?.slug }
    const path = `/grootboek/rekeningen/${code}`
    return page(`${VIEWS}/account.hbs`, {
      title: account.name,
      ...{ code, from: wanted.from, through: wanted.through, projectSlug: project?.slug ?? '' },
      projects: [
        { value: '', label: text('allProjects') },
        ...(await this.words.projects(lang)).map(({ slug, name }) => ({ value: slug, label: name })),
      ],
      figures: [
        { value: formatCents(opening), label: text('account.opening', { day: longDay(lang, wanted.from) }) },
        {
          value: formatCents(opening + all.totalCents),
          label: text('account.closing', { day: longDay(lang, wanted.through) }),
        },
        { value: String(all.count), label: text('account.count', { count: all.count }) },
      ],
      columns: [
        { label: text('label.day'), kind: 'day' },
        { label: text('label.description') },
        { label: text('label.project') },
        { label: text('label.debit'), kind: 'money' },
        { label: text('label.credit'), kind: 'money' },
        { label: text('label.balance'), kind: 'money' },
      ],
      rows: await this.rows(lang, lines, opening + skippedCents),
      ...pageLinks(current, pages, (number) =>
        address(path, { ...chosen, pagina: number > 1 ? String(number) : undefined }),
      ),
      downloads: (['csv', 'xlsx'] as const).map((kind) => ({
        ...{
          href: address(`${path}/regels.${kind}`, chosen),
          label: text(`download.${kind}`),
          download: true,
        },
      })),
      members: await this.memberRows(code, wanted.through),
      memberColumns: [{ label: text('label.member') }, { label: text('label.balance'), kind: 'money' }],
    })
  }

  /** @throws RuleViolated `ledger.tooManyLines` */
  async sheet(lang: Language, code: string, query: AccountQuery): Promise<SheetView> {
    const text = (key: string) => this.words.say(lang, key)
    const { project, lines: wanted } = await this.read(lang, code, query)
    const { count } = await measureLines(this.database.read, wanted, 0)
    if (count > MOST_IN_SHEET) throw RuleViolated.of('ledger.tooManyLines', { limit: String(MOST_IN_SHEET) })
    const lines = await readLines(this.database.read, wanted, { skip: 0, most: MOST_IN_SHEET })
    const projects = new Map((await this.words.projects(lang)).map(({ id, name }) => [id, name]))
    const members = await this.words.memberNames()
    const money = { kind: 'money' as const, width: 18 }
    return {
      name: ['rekening', code, project?.slug, wanted.from, wanted.through].filter(Boolean).join('-'),
      columns: [
        { header: text('label.day'), kind: 'day' },
        { header: text('label.number') },
        { header: text('label.description'), width: 50 },
        { header: text('label.document'), width: 30 },
        { header: text('label.project'), width: 24 },
        { header: text('label.member'), width: 30 },
        { header: text('label.debit'), ...money },
        { header: text('label.credit'), ...money },
      ],
      rows: lines.map((line) => [
        ...[line.onDay, numberOf(line) ?? '', line.description, line.document],
        ...[projects.get(line.project) ?? '', (line.memberId && members.get(line.memberId)?.name) || ''],
        ...[line.cents > 0n ? line.cents : null, line.cents < 0n ? -line.cents : null],
      ]),
    }
  }

  private async read(lang: Language, code: string, query: AccountQuery) {
    const account = await this.accounts.find(code)
    if (!account) throw new NotFoundException()
    const through = this.words.day(query.through)
    const isBefore = query.from && isDay(query.from) && query.from <= through
    const from = isBefore ? query.from! : `${through.slice(0, 4)}-01-01`
    const project = await this.words.project(lang, query.project)
    const lines: LineQuery = {
      account: code,
      project: project?.id,
      from,
      through,
    }
    return { account, project, lines }
  }

  private async rows(lang: Language, lines: readonly AccountLine[], before: bigint) {
    const projects = new Map((await this.words.projects(lang)).map(({ id, name }) => [id, name]))
    const members = await this.words.memberNames()
    let balance = before
    return lines.map((line) => {
      balance += line.cents
      const member = line.memberId ? members.get(line.memberId)?.name : undefined
      return [
        line.onDay,
        {
          value: line.description,
          href: `/grootboek/boekingen/${line.entryId}`,
          note: [numberOf(line), line.document, member].filter(Boolean).join(' · '),
        },
        projects.get(line.project) ?? '',
        line.cents > 0n ? line.cents : null,
        line.cents < 0n ? -line.cents : null,
        balance,
      ]
    })
  }

  private async memberRows(code: string, through: string) {
    const balances = await this.ledger.memberBalances(code, through)
    const members = await this.words.memberNames()
    return balances.slice(0, 100).map(({ memberId, cents }) => [members.get(memberId)?.name ?? '', cents])
  }
}

export function numberOf({ year, number }: { year: number | null; number: number | null }): string | null {
  return year === null ? null : `${year}-${number}`
}
