import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '#kernel'
import { type Language, longDay, type Page, page, type Visitor } from '#platform'
import type { SheetView } from '#sheets'
import { Ledger } from '../ledger.service.js'
import { LedgerCheck } from '../ledger-check.service.js'
import { LedgerPeriods } from '../ledger-periods.service.js'
import { type TrialBalance, trialBalance } from '../rules/trial-balance.js'
import { address, LedgerWords, type NamedProject, VIEWS } from './ledger-words.js'

export interface TrialQuery {
  day?: string
  project?: string
}

/** The trial balance of a day, of everything or of one project. */
@Injectable()
export class TrialPage {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerPeriods) private readonly periods: LedgerPeriods,
    @Inject(LedgerCheck) private readonly check: LedgerCheck,
    @Inject(LedgerWords) private readonly words: LedgerWords,
  ) {}

  async show(lang: Language, visitor: Visitor, query: TrialQuery): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const day = this.words.day(query.day)
    const project = await this.words.project(lang, query.project)
    const shown = await this.balance(day, project)
    const names = await this.words.accountNames()
    const chosen = { dag: day, project: project?.slug }
    const row = ({ account, debitCents, creditCents }: TrialBalance['balance'][number]) => [
      {
        value: names.get(account)?.name ?? account,
        href: address(`/grootboek/rekeningen/${account}`, { tot: day, project: project?.slug }),
        note: account,
      },
      debitCents || null,
      creditCents || null,
    ]
    const { earlierResult } = shown
    const earlier = earlierResult
      ? [[text('trial.earlierResult'), earlierResult.debitCents || null, earlierResult.creditCents || null]]
      : []
    const last = await this.check.last()
    const closed = await this.periods.lastClosedDay()
    return page(`${VIEWS}/trial.hbs`, {
      title: text('trial.title'),
      subtitle: text('trial.lead', { day: longDay(lang, day) }),
      ...{ day, projectSlug: project?.slug ?? '', projectNote: project && text('trial.projectNote') },
      projects: [
        { value: '', label: text('allProjects') },
        ...(await this.words.projects(lang)).map(({ slug, name }) => ({ value: slug, label: name })),
      ],
      columns: columns(text),
      rows: [...shown.balance.map(row), ...earlier, ...shown.result.map(row)],
      totals: [text('total'), shown.debitCents, shown.creditCents],
      downloads: (['csv', 'xlsx'] as const).map((kind) => ({
        ...{
          href: address(`/grootboek/saldibalans.${kind}`, chosen),
          label: text(`download.${kind}`),
          download: true,
        },
      })),
      state: {
        tone: last && last.findings.length > 0 ? 'bad' : 'neutral',
        check: last
          ? text(last.findings.length > 0 ? 'check.wrong' : 'check.right', {
              day: longDay(lang, dayOf(last.checkedAt)),
            })
          : text('check.never'),
        closed: closed
          ? text('periods.closedThrough', { day: longDay(lang, closed) })
          : text('periods.noneClosed'),
      },
      links: await this.links(lang, visitor, day.slice(0, 4)),
    })
  }

  async sheet(lang: Language, query: TrialQuery): Promise<SheetView> {
    const text = (key: string) => this.words.say(lang, key)
    const day = this.words.day(query.day)
    const project = await this.words.project(lang, query.project)
    const { balance, result, earlierResult } = await this.balance(day, project)
    const names = await this.words.accountNames()
    const row = (account: string, name: string, debit: bigint, credit: bigint) => [
      account,
      name,
      debit,
      credit,
    ]
    const line = ({ account, debitCents, creditCents }: TrialBalance['balance'][number]) =>
      row(account, names.get(account)?.name ?? '', debitCents, creditCents)
    return {
      name: ['saldibalans', project?.slug, day].filter(Boolean).join('-'),
      columns: [
        { header: text('label.code') },
        { header: text('label.account'), width: 50 },
        { header: text('label.debit'), kind: 'money', width: 18 },
        { header: text('label.credit'), kind: 'money', width: 18 },
      ],
      rows: [
        ...balance.map(line),
        ...(earlierResult
          ? [row('', text('trial.earlierResult'), earlierResult.debitCents, earlierResult.creditCents)]
          : []),
        ...result.map(line),
      ],
    }
  }

  private async balance(day: string, project: NamedProject | undefined): Promise<TrialBalance> {
    const yearBefore = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}-12-31`
    const [now, before] = await Promise.all([this.ledger.balances(day), this.ledger.balances(yearBefore)])
    const ofProject = (one: { project: string }) => !project || one.project === project.id
    return trialBalance(now.filter(ofProject), before.filter(ofProject))
  }

  private async links(lang: Language, visitor: Visitor, year: string) {
    const link = (href: string, key: string) => ({ href, label: this.words.say(lang, `links.${key}`) })
    return [
      ...(visitor.has('controller') ? [link('/grootboek/boekingen/nieuw', 'newEntry')] : []),
      link('/grootboek/boekingen', 'entries'),
      link('/grootboek/projecten', 'projects'),
      link('/grootboek/begrotingen', 'budgets'),
      link('/grootboek/rekeningen', 'accounts'),
      link('/grootboek/perioden', 'periods'),
      link('/grootboek/controle', 'check'),
      { ...link(`/grootboek/${year}/xaf`, 'auditFile'), download: true },
    ]
  }
}

function columns(text: (key: string) => string) {
  return [
    { label: text('label.account') },
    { label: text('label.debit'), kind: 'money' },
    { label: text('label.credit'), kind: 'money' },
  ]
}
