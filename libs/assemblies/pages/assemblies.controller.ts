import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  Clock,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Electorate } from '../electorate.service.js'
import { Polls } from '../polls.service.js'
import { Proceedings } from '../proceedings.service.js'
import { AssemblyReading } from '../reading.service.js'
import { assemblyPhase } from '../rules/assembly-phase.js'
import { assemblyPage } from './assembly-page.js'
import { textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'

/** The assemblies, and what happens in one as a whole. */
@Controller('alv')
export class AssembliesController {
  constructor(
    @Inject(Proceedings) private readonly proceedings: Proceedings,
    @Inject(Polls) private readonly polls: Polls,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Lang() lang: Language): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const now = this.clock.now()
    const assemblies = await this.reading.assemblies()
    return page(`${VIEWS}/assemblies.hbs`, {
      title: text('list.title'),
      columns: [
        { label: text('list.assembly') },
        { label: text('list.day'), kind: 'day' },
        { label: text('list.state') },
      ],
      rows: assemblies.map((assembly) => {
        const phase = assemblyPhase(assembly, now)
        return [
          { value: assembly.title, href: `/alv/${assembly.id}`, note: assembly.place },
          assembly.heldOn,
          { value: text(`phase.${phase}`), tone: phase === 'running' ? 'good' : 'neutral' },
        ]
      }),
    })
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    const { reading, electorate, messages, clock } = this
    const sources = { reading, electorate, messages, now: clock.now(), today: clock.today() }
    return page(`${VIEWS}/assembly.hbs`, await assemblyPage(sources, assembly, visitor, lang))
  }

  /** The delegate is there for all own members. A repeat keeps the first moment. */
  @Post(':id/aanwezigheid')
  async checkIn(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.proceedings.checkIn(id, visitor)
    return seeOther(`/alv/${id}#aanwezigheid`)
  }

  /** Opens the poll on a motion. A repeat goes to the poll that is there. */
  @Post(':id/stemmingen')
  async openPoll(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { motion } = typedFields(body)
    if (!isId(id) || !isId(motion)) throw new NotFoundException()
    return seeOther(`/stemmingen/${await this.polls.open(id, motion, visitor)}`)
  }

  /** Ends the assembly. A repeat changes nothing. */
  @Post(':id/sluiting')
  async end(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.proceedings.end(id, visitor)
    return seeOther(`/alv/${id}`)
  }
}
