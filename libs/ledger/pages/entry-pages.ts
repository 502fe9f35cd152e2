import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { formatCents } from '#kernel'
import {
  Clock,
  Database,
  formErrors,
  Ids,
  isId,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { Ledger } from '../ledger.service.js'
import { LedgerPeriods } from '../ledger-periods.service.js'
import { countEntries, readEntries, readLatestYear } from '../store/entry-list.store.js'
import type { BookedEntry } from '../store/journal.store.js'
import { numberOf } from './account-page.js'
import { address, LedgerWords, pageLinks, VIEWS } from './ledger-words.js'
import { lineCount, typedTotals } from './manual-entry.js'

const ENTRIES_PER_PAGE = 50

/** The entries of a year, one entry, and the form for another. */
@Injectable()
export class EntryPages {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerPeriods) private readonly periods: LedgerPeriods,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async list(lang: Language, typedYear: string | undefined, typedPage: string | undefined): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const latest = await readLatestYear(this.database.read, this.clock.today())
    const year = this.words.yearOr(typedYear, latest ?? undefined)
    const count = await countEntries(this.database.read, year)
    const pages = Math.max(1, Math.ceil(count / ENTRIES_PER_PAGE))
    const current = Math.min(pages, Math.max(1, Number(typedPage) || 1))
    const entries = await readEntries(this.database.read, year, {
      ...{ skip: (current - 1) * ENTRIES_PER_PAGE, most: ENTRIES_PER_PAGE },
    })
    return page(`${VIEWS}/entries.hbs`, {
      title: text('entries.title', { year: String(year) }),
      subtitle: text('entries.lead', { count }),
      year,
      columns: [
        { label: text('label.day'), kind: 'day' },
        { label: text('label.description') },
        { label: text('label.number') },
        { label: text('label.amount'), kind: 'money' },
      ],
      rows: entries.map((entry) => [
        entry.onDay,
        { value: entry.description, href: `/grootboek/boekingen/${entry.id}`, note: entry.document },
        numberOf(entry) ?? text('entry.noNumber'),
        entry.cents,
      ]),
      ...pageLinks(current, pages, (number) =>
        address('/grootboek/boekingen', {
          jaar: String(year),
          pagina: number > 1 ? String(number) : undefined,
        }),
      ),
    })
  }

  /** @param justBooked whether to confirm it first */
  async show(
    lang: Language,
    visitor: Visitor,
    id: string,
    { justBooked, refused }: { justBooked?: boolean; refused?: RefusedForm } = {},
  ): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const entry = await this.find(id)
    const projects = new Map((await this.words.projects(lang)).map((project) => [project.id, project.name]))
    const members = await this.words.memberNames()
    const names = await this.words.accountNames()
    const total = entry.postings.reduce((sum, { cents }) => (cents > 0n ? sum + cents : sum), 0n)
    const number = entry.number && numberOf(entry.number)
    const model = {
      title: entry.description,
      before: number ? text('entry.numbered', { number }) : text('entry.noNumberYet'),
      ...{ id, number, justBooked, recordedAt: entry.recordedAt },
      facts: [
        { label: text('label.day'), value: longDay(lang, entry.onDay) },
        { label: text('label.document'), value: entry.document },
        {
          label: text('entry.recorded'),
          value: moment(lang, entry.recordedAt),
          note: await this.words.personName(lang, entry.recordedBy),
        },
        ...(entry.number ? [{ label: text('entry.seal'), value: String(entry.number.seal) }] : []),
        ...this.related(lang, entry),
      ],
      columns: [
        { label: text('label.account') },
        { label: text('label.project') },
        { label: text('label.debit'), kind: 'money' },
        { label: text('label.credit'), kind: 'money' },
      ],
      rows: entry.postings.map(({ account, accountingDistrictId, memberId, cents }) => [
        {
          value: names.get(account)?.name ?? account,
          href: `/grootboek/rekeningen/${account}`,
          note: [account, memberId && members.get(memberId)?.name].filter(Boolean).join(' · '),
        },
        projects.get(accountingDistrictId ?? 'central') ?? '',
        cents > 0n ? cents : null,
        cents < 0n ? -cents : null,
      ]),
      totals: [text('total'), null, total, total],
      mayReverse: visitor.has('controller') && !entry.reverses && !entry.reversedBy,
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/entry.hbs`, model, refused ? 422 : 200)
  }

  /** The form; with what was typed when it was refused, or when another look was asked for. */
  async form(lang: Language, typed: Record<string, string> = {}, refused?: RefusedForm): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const { debitCents, creditCents } = typedTotals(typed)
    const accounts = [...(await this.words.accountNames()).values()].map(({ code, name }) => ({
      value: code,
      label: `${name} (${code})`,
    }))
    const projects = (await this.words.projects(lang)).map(({ slug, name }) => ({ value: slug, label: name }))
    const errors = refused ? formErrors(this.messages, lang, refused.errors) : null
    const wrong = new Map(errors?.map(({ path, message }) => [path, message]))
    const closed = await this.periods.lastClosedDay()
    const model = {
      title: text('form.title'),
      requestKey: typed.verzoek || this.ids.next(),
      day: typed.dag ?? this.clock.today(),
      ...{ description: typed.omschrijving ?? '', document: typed.stuk ?? '' },
      dayHint: closed ? text('periods.closedThrough', { day: longDay(lang, closed) }) : null,
      lines: Array.from({ length: lineCount(typed) }, (_, index) => {
        const at = index + 1
        const field = (name: string) => ({
          name: `${name}.${at}`,
          value: typed[`${name}.${at}`] ?? '',
          wrong: wrong.get(`${name}.${at}`) ?? null,
          label: text(`form.lineLabel.${name}`, { line: String(at) }),
        })
        const [account, project] = [field('rekening'), field('project')]
        return {
          ...{ at, member: field('lid'), debit: field('debet'), credit: field('credit') },
          account: { ...account, options: chosen(accounts, account.value) },
          project: { ...project, options: chosen(projects, project.value) },
        }
      }),
      ...{ debitCents, creditCents, typed: refused?.typed ?? null, errors },
      difference:
        debitCents === creditCents
          ? text('form.level')
          : text('form.difference', { amount: formatCents(debitCents - creditCents) }),
      level: debitCents === creditCents,
      begun: debitCents > 0n || creditCents > 0n,
    }
    return page(`${VIEWS}/entry-form.hbs`, model, refused ? 422 : 200)
  }

  /** @throws NotFoundException */
  async find(id: string): Promise<BookedEntry> {
    const entry = isId(id) ? await this.ledger.entry(id) : null
    if (!entry) throw new NotFoundException()
    return entry
  }

  private related(lang: Language, { reverses, reversedBy }: BookedEntry) {
    const link = (key: string, id: string) => ({
      label: this.words.say(lang, key),
      value: this.words.say(lang, 'entry.open'),
      href: `/grootboek/boekingen/${id}`,
    })
    return [
      ...(reverses ? [link('entry.reverses', reverses)] : []),
      ...(reversedBy ? [link('entry.reversedBy', reversedBy)] : []),
    ]
  }
}

/** The choices of a list, with the one that was made. */
function chosen(options: readonly { value: string; label: string }[], value: string) {
  return options.map((option) => ({ ...option, selected: option.value === value }))
}
