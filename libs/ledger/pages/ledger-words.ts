import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Areas } from '#areas'
import { People } from '#identity'
import { isDay } from '#kernel'
import { Members } from '#members'
import { Clock, type Language, Messages } from '#platform'
import { type LedgerAccount, LedgerAccounts } from '../ledger-accounts.service.js'
import { CENTRAL } from '../rules/read-budget.js'
import type { Project } from '../store/balance.store.js'

export const VIEWS = 'libs/ledger/pages/views'
const YEAR = /^(19|20|21)\d\d$/

/** A project with the short name that addresses and files use. */
export interface NamedProject {
  id: Project
  slug: string
  name: string
}

/** What the pages of the ledger say in words: projects, accounts, members and people by their names. */
@Injectable()
export class LedgerWords {
  constructor(
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `ledger.${key}`, values)
  }

  /** The central project and the administrative wijken. */
  async projects(lang: Language): Promise<NamedProject[]> {
    const districts = await this.areas.accountingDistricts()
    return [
      { id: 'central', slug: CENTRAL, name: this.say(lang, 'central') },
      ...districts.map(({ id, slug, name }) => ({ id, slug, name })),
    ]
  }

  /** The project of an address; undefined for all of them. @throws NotFoundException */
  async project(lang: Language, slug: string | undefined): Promise<NamedProject | undefined> {
    if (!slug) return undefined
    const found = (await this.projects(lang)).find((one) => one.slug === slug)
    if (!found) throw new NotFoundException()
    return found
  }

  /** Of accounts by code. */
  async accountNames(): Promise<Map<string, LedgerAccount>> {
    return new Map((await this.accounts.all()).map((account) => [account.code, account]))
  }

  /** Of members by id: number and name. */
  async memberNames(): Promise<Map<string, { number: number; name: string }>> {
    const members = await this.members.asOf(this.clock.today())
    return new Map(members.map(({ id, number, name }) => [id, { number, name }]))
  }

  async personName(lang: Language, personId: string | null): Promise<string> {
    if (!personId) return this.say(lang, 'bySystem')
    return (await this.people.named([personId])).get(personId)?.name ?? ''
  }

  /** A day that was typed or chosen; today when it is none. */
  day(typed: string | undefined): string {
    return typed && isDay(typed) ? typed : this.clock.today()
  }

  /** A year of an address. @throws NotFoundException */
  year(typed: string): number {
    if (!YEAR.test(typed)) throw new NotFoundException()
    return Number(typed)
  }

  /** A chosen year; this year when it is none. */
  yearOr(typed: string | undefined, otherwise = Number(this.clock.today().slice(0, 4))): number {
    return typed && YEAR.test(typed) ? Number(typed) : otherwise
  }
}

/** Numbered links to pages around the current one; nothing for a single page. */
export function pageLinks(current: number, pages: number, href: (page: number) => string) {
  if (pages <= 1) return {}
  const near = [1, current - 1, current, current + 1, pages]
  const shown = [...new Set(near)].filter((page) => page >= 1 && page <= pages)
  return {
    pages: shown.flatMap((page, at) => [
      ...(at > 0 && page > shown[at - 1]! + 1 ? [{ gap: true }] : []),
      { number: page, href: href(page), current: page === current },
    ]),
    previousHref: current > 1 ? href(current - 1) : undefined,
    nextHref: current < pages ? href(current + 1) : undefined,
  }
}

/** An address with what was chosen; what is empty is left out. */
export function address(path: string, query: Record<string, string | undefined>): string {
  const chosen = Object.entries(query).filter(([, value]) => value)
  return chosen.length > 0 ? `${path}?${new URLSearchParams(chosen as [string, string][])}` : path
}
