import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { isDay } from '#kernel'
import { Members } from '#members'
import {
  Clock,
  type FieldError,
  formErrors,
  Ids,
  isId,
  Messages,
  type Page,
  page,
  type Visit,
  type Visitor,
} from '#platform'
import { OVERVIEW_READERS } from '../guarantees.permissions.js'
import { Guarantees } from '../guarantees.service.js'
import { shortAmount } from '../rules/plain-amounts.js'
import {
  computation,
  gauge,
  holderTable,
  keyFigures,
  type OwnMember,
  offered,
  ownParts,
  type Text,
} from './guarantees-model.js'
import { paperLinks } from './paper-links.js'

/** Which state to show; and what was typed and refused, when the form comes back. */
export interface Shown {
  year?: string
  day?: string
  refused?: { typed: Record<string, string>; errors: FieldError[] }
  /** What the form begins with. */
  proposed?: Record<string, string>
}

const VIEWS = 'libs/guarantees/pages/views'

/** Builds the page /garanties, also when an offer was refused (422). */
@Injectable()
export class GuaranteesPage {
  constructor(
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** @throws NotFoundException when the year asked for is no subsidy year */
  async build({ lang, visitor }: Visit, { year, day, refused, proposed }: Shown): Promise<Page> {
    const text: Text = (key, values) => this.messages.text(lang, `guarantees.${key}`, values)
    const years = await this.guarantees.years()
    const chosen = this.choose(years, year)
    if (!chosen) return page(`${VIEWS}/no-year.hbs`, { title: text('title') })

    const shownDay = day && isDay(day) ? day : this.clock.today()
    const state = await this.guarantees.on(shownDay, chosen)
    const own = await this.ownMembers(visitor)
    const { requiredCents, pledgedCents, openCents } = state.coverage
    const title = text('heading', {
      pledged: shortAmount(pledgedCents),
      required: shortAmount(requiredCents),
    })
    const model = {
      title,
      year: chosen.year,
      otherYears: years.filter((one) => one !== chosen).map((one) => one.year),
      day: shownDay,
      wrongDay: Boolean(day) && !isDay(day),
      figures: keyFigures(text, state),
      gauge: gauge(text, state),
      computation: computation(state),
      ...holderTable(state),
      own: ownParts(state, own),
      offered: offered(state),
      offeredColumns: [{ label: text('holders.member') }, { label: text('offered.amount'), kind: 'money' }],
      seesOverview: visitor.has(...OVERVIEW_READERS),
      papers: paperLinks(text, visitor, this.clock.today()),
      pledge: this.form(own, refused?.typed ?? proposed),
      asksReason: openCents === 0n || Boolean(refused && asksReason(refused)),
      openCents,
      errors: formErrors(this.messages, lang, refused?.errors ?? []),
    }
    return page(`${VIEWS}/guarantees.hbs`, model, refused ? 422 : 200)
  }

  /** The year asked for, else the year under way or the last one before it. */
  private choose<Y extends { year: number }>(years: readonly Y[], asked?: string): Y | undefined {
    if (!asked)
      return years.find(({ year }) => String(year) <= this.clock.today().slice(0, 4)) ?? years.at(-1)
    const found = years.find(({ year }) => String(year) === asked)
    if (!found) throw new NotFoundException()
    return found
  }

  private async ownMembers(visitor: Visitor): Promise<OwnMember[]> {
    const scopes = visitor.scopesOf('delegate')
    if (scopes.length === 0) return []
    return (await this.members.asOf(this.clock.today())).filter(({ id }) => scopes.includes(id))
  }

  private form(own: readonly OwnMember[], typed?: Record<string, string>) {
    if (own.length === 0) return null
    return {
      member: own.length === 1 ? own[0] : null,
      members: own.map(({ id, name }) => ({ value: id, label: name })),
      requestKey: isId(typed?.verzoek) ? typed.verzoek : this.ids.next(),
      typed: typed ?? null,
    }
  }
}

/** More than is required needs a reason; who gave one can see it again. */
function asksReason({ typed, errors }: NonNullable<Shown['refused']>): boolean {
  return Boolean(typed.reden) || errors.some(({ code }) => code === 'guarantee.overRequired')
}
