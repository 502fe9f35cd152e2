import { Inject, Injectable } from '@nestjs/common'
import { dayOf, formatCents } from '#kernel'
import {
  formErrors,
  type Language,
  longDay,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import type { DivisionVersion } from '../store/division.store.js'
import { type DivisionPart, SubsidyDivisions } from '../subsidy-divisions.service.js'
import { PlanWords, VIEWS } from './plan-words.js'

/** The division of a year as a table, its course, and the forms of who works on it. */
@Injectable()
export class DivisionPage {
  constructor(
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(SubsidyDivisions) private readonly divisions: SubsidyDivisions,
  ) {}

  async show(lang: Language, visitor: Visitor, year: number, refused?: RefusedForm): Promise<Page> {
    const versions = await this.divisions.versions(year)
    const parts = await this.divisions.divisionOf(year)
    const latest = versions.at(-1) ?? null
    const latestParts = latest ? await this.divisions.partsOf(latest.id) : []
    const model = {
      title: this.words.say(lang, 'division.title', { year: String(year) }),
      ...{ year, latest, table: this.table(lang, parts), holds: this.holds(lang, versions) },
      moved: parts.filter(({ changeCents }) => changeCents !== 0n).map((part) => this.moved(lang, part)),
      mayPropose: visitor.has('director', 'controller', 'serviceTeam'),
      mayAgree: visitor.has('director') && latest !== null && !latest.agreedOn,
      budget: latest ? plain(latest.budgetCents) : '',
      fields: (await this.words.areasInOrder()).map(({ id, slug, name }) => {
        const part = latestParts.find(({ accountingDistrictId }) => accountingDistrictId === id)
        return {
          slug,
          name,
          change: part?.changeCents ? plain(part.changeCents) : '',
          why: part?.reason ?? '',
        }
      }),
      timeline: this.timeline(lang, versions),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/division.hbs`, model, refused ? 422 : 200)
  }

  private table(lang: Language, parts: readonly DivisionPart[]) {
    if (parts.length === 0) return null
    const label = (key: string) => this.words.say(lang, `division.${key}`)
    const money = (key: string) => ({ label: label(key), kind: 'money' })
    const sum = (of: (part: DivisionPart) => bigint) => parts.reduce((total, part) => total + of(part), 0n)
    return {
      columns: [{ label: label('area') }, money('byKey'), money('change'), money('amount')],
      rows: parts.map(({ name, keyCents, changeCents, cents }) => [name, keyCents, changeCents, cents]),
      totals: [
        label('together'),
        sum(({ keyCents }) => keyCents),
        sum(({ changeCents }) => changeCents),
        sum(({ cents }) => cents),
      ],
    }
  }

  private holds(lang: Language, versions: readonly DivisionVersion[]): string | null {
    const agreed = versions.findLast(({ agreedOn }) => agreedOn !== null)
    if (agreed) return this.words.say(lang, 'division.agreed', { day: longDay(lang, agreed.agreedOn!) })
    return versions.length > 0 ? this.words.say(lang, 'division.proposed') : null
  }

  private moved(lang: Language, { name, changeCents, reason }: DivisionPart): string {
    const key = changeCents > 0n ? 'division.more' : 'division.less'
    const amount = formatCents(changeCents < 0n ? -changeCents : changeCents)
    return this.words.say(lang, key, { name, amount, reason })
  }

  private timeline(lang: Language, versions: readonly DivisionVersion[]) {
    return versions.flatMap(({ version, proposedAt, reason, budgetCents, agreedOn }) => [
      {
        ...{ when: longDay(lang, dayOf(proposedAt)), at: dayOf(proposedAt), text: reason },
        heading: this.words.say(lang, 'division.version', { version, amount: formatCents(budgetCents) }),
      },
      ...(agreedOn
        ? [
            {
              ...{ when: longDay(lang, agreedOn), at: agreedOn, tone: 'good' },
              heading: this.words.say(lang, 'division.agreedVersion', { version }),
            },
          ]
        : []),
    ])
  }
}

/** As people type it: "1.234,56". */
function plain(cents: bigint): string {
  return formatCents(cents).replace(/^€\s*/, '')
}
