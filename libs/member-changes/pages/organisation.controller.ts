import { Controller, Get, Inject, Param } from '@nestjs/common'
import { Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  page,
  type SeeOther,
  seeOther,
  type Visitor,
} from '#platform'
import { memberFor } from './find-member.js'
import { OrganisationPage } from './organisation-page.js'
import { Shown } from './shown.js'

/** "Mijn organisatie": what the register holds of who one acts for. */
@Controller('organisatie')
export class OrganisationController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(OrganisationPage) private readonly organisation: OrganisationPage,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The own organisation; who acts for several chooses. */
  @Get()
  async own(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page | SeeOther> {
    const today = this.clock.today()
    const ids = [...new Set([...visitor.scopesOf('delegate'), ...visitor.scopesOf('contact')])]
    const found = await Promise.all(ids.map((id) => this.members.find(id, today)))
    const members = found.filter((member) => member !== null).sort((a, b) => a.number - b.number)
    if (members.length === 1) return seeOther(`/organisatie/${members[0]!.number}`)
    return page('libs/member-changes/pages/views/choose.hbs', {
      title: this.shown.words(lang, 'choose.title'),
      organisations: members.map(({ name, number }) => ({ href: `/organisatie/${number}`, label: name })),
      staff: visitor.has('serviceTeam', 'director', 'admin'),
    })
  }

  @Get(':nummer')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
  ): Promise<Page> {
    const member = await memberFor(this.members, visitor, number, this.clock.today())
    return this.organisation.build(lang, visitor, member)
  }
}
