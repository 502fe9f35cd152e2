import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Download,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { MinutesApproving } from '../approving.service.js'
import { Minutes, mayRead } from '../minutes.service.js'
import { MinutesPaper } from '../minutes-paper.js'
import { MinutesOffering } from '../offering.service.js'
import { signingOffices } from '../rules/course.js'
import { MinutesWriting } from '../writing.service.js'
import { MinutesPages } from './minutes-pages.js'

/** The minutes of an assembly: reading them, putting them to the next assembly, approving and signing them. */
@Controller('alv/:id')
export class MinutesController {
  constructor(
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(MinutesPages) private readonly pages: MinutesPages,
    @Inject(MinutesPaper) private readonly paper: MinutesPaper,
    @Inject(MinutesWriting) private readonly writing: MinutesWriting,
    @Inject(MinutesOffering) private readonly offering: MinutesOffering,
    @Inject(MinutesApproving) private readonly approving: MinutesApproving,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('notulen')
  show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Page> {
    return this.pages.show(lang, visitor, id)
  }

  @Get('notulen.pdf')
  async pdf(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Download> {
    const known = await this.minutes.of(id)
    const assembly = known && mayRead(visitor, known) ? await this.records.assembly(id) : null
    if (!known || !assembly) throw new NotFoundException()
    return new Download(`notulen-${assembly.heldOn}.pdf`, 'application/pdf', await this.paper.now(known))
  }

  /** Drafts the minutes from the log. A repeat finds them there. */
  @Post('notulen')
  async draft(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.writing.draft(id, visitor)
    return seeOther(`/alv/${id}/notulen`)
  }

  /** Puts them on the agenda of another assembly. A repeat finds the motion there. */
  @Post('notulen/aanbieden')
  async offer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!(await this.minutes.of(id))) throw new NotFoundException()
    const { vergadering } = typedFields(body)
    return this.act(lang, visitor, id, body, async () => {
      if (!isId(vergadering)) throw RuleViolated.of('minutes.otherAssembly', {}, 'vergadering')
      await this.offering.offer(id, vergadering, visitor)
    })
  }

  /** Records that the assembly approved them. A repeat changes nothing. */
  @Post('notulen/vaststelling')
  async approve(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.approving.approve(id, visitor)
    return seeOther(`/alv/${id}/notulen#ondertekenen`)
  }

  /** Signs the text that was on the screen, for an office. A repeat changes nothing. */
  @Post('notulen/ondertekening')
  async sign(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!(await this.minutes.of(id))) throw new NotFoundException()
    const { akkoord, functie, vingerafdruk = '' } = typedFields(body)
    return this.act(lang, visitor, id, body, async () => {
      const office = signingOffices.find((one) => one === functie)
      if (!office) throw RuleViolated.of('minutes.notYourOffice')
      if (akkoord !== 'ja') throw RuleViolated.of('minutes.consentNeeded', {}, 'akkoord')
      await this.approving.sign(id, office, vingerafdruk, visitor)
    })
  }

  /** A refusal that names a field comes back in the form; any other is a page of its own. */
  private async act(
    lang: Language,
    visitor: Visitor,
    id: string,
    body: unknown,
    work: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      const errors = formErrors(this.messages, lang, error.violations)
      return this.pages.show(lang, visitor, id, { errors, typed: typedFields(body) })
    }
    return seeOther(`/alv/${id}/notulen`)
  }
}
