import { Body, Controller, Get, Inject, NotFoundException, Post } from '@nestjs/common'
import { Members } from '#members'
import {
  Clock,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { EmailConsents } from '../convocation/email-consents.service.js'
import { textsOf } from './page-text.js'

/** Who may be convened by e-mail: the secretary records it for all, a delegate for the own members. */
@Controller('alv/email-toestemming')
export class EmailConsentsController {
  constructor(
    @Inject(EmailConsents) private readonly consents: EmailConsents,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const known = await this.consents.all()
    const members = (await this.members.asOf(this.clock.today())).filter(
      ({ id, status }) => status !== 'former' && mayRecord(visitor, id),
    )
    return page('libs/assemblies/pages/views/email-consents.hbs', {
      title: text('consents.title'),
      members: members.map(({ id, name }) => {
        const standing = known.get(id)
        const consents = standing?.consents ?? false
        return {
          id,
          name,
          consents,
          stands: text(`consents.${consents ? 'yes' : 'no'}`),
          since: standing ? moment(lang, standing.recordedAt) : null,
        }
      }),
    })
  }

  /** Records what a member said. A repeat records nothing. */
  @Post()
  async record(@CurrentVisitor() visitor: Visitor, @Body() body: unknown): Promise<SeeOther> {
    const { lid, toestemming } = typedFields(body)
    if (!isId(lid) || !mayRecord(visitor, lid)) throw new NotFoundException()
    if (toestemming !== 'ja' && toestemming !== 'nee') throw new NotFoundException()
    if (!(await this.members.find(lid, this.clock.today()))) throw new NotFoundException()
    await this.consents.recordOne(lid, toestemming === 'ja', visitor.personId)
    return seeOther('/alv/email-toestemming')
  }
}

const mayRecord = (visitor: Visitor, memberId: string): boolean =>
  visitor.has('secretary') || visitor.hasFor('delegate', memberId)
