import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  Clock,
  CONFIG,
  type Config,
  CurrentVisitor,
  Download,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Convocations } from '../convocation/convocation.service.js'
import { ConvocationLetters } from '../convocation/convocation-letters.service.js'
import { ConvocationPapers } from '../convocation/convocation-papers.service.js'
import { calendarOf } from '../convocation/convocation-words.js'
import { AssemblyReading } from '../reading.service.js'
import type { AssemblyRow } from '../store/entities.js'
import { ConvocationPage } from './convocation-page.js'

/** Convening, the evidence of it, and what is printed or put in a calendar. */
@Controller('alv/:id')
export class ConvocationController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Convocations) private readonly convocations: Convocations,
    @Inject(ConvocationPapers) private readonly papers: ConvocationPapers,
    @Inject(ConvocationLetters) private readonly letterPapers: ConvocationLetters,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(ConvocationPage) private readonly convocationPage: ConvocationPage,
  ) {}

  /** What would go out and what the terms say of it; what went out, to whom, when. */
  @Get('oproeping')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.convocationPage.build(lang, visitor, await this.find(id))
  }

  /** Convenes. A repeat changes nothing; what changed since the preview is shown first. */
  @Post('oproeping')
  async convene(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(id)
    const { volgnummer = '', inhoud = '', steunleden, bekijk } = typedFields(body)
    const supporters = steunleden === 'ja'
    if (bekijk) return this.convocationPage.build(lang, visitor, assembly, { supporters })
    const sequence = /^\d{1,4}$/.test(volgnummer) ? Number(volgnummer) : 0
    try {
      await this.convocations.convene(id, { sequence, contentHash: inhoud, supporters }, visitor)
    } catch (error) {
      const shown = ['convocation.changedMeanwhile', 'convocation.refused']
      if (!(error instanceof RuleViolated) || !shown.includes(error.violations[0]!.code)) throw error
      return this.convocationPage.build(lang, visitor, assembly, {
        supporters,
        violation: error.violations[0]!,
      })
    }
    return seeOther(`/alv/${id}/oproeping`)
  }

  /** The letters were posted. A repeat keeps the first moment. */
  @Post('brieven')
  async posted(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.find(id)
    const { oproeping } = typedFields(body)
    if (!isId(oproeping)) throw new NotFoundException()
    await this.convocations.markPosted(id, oproeping, visitor)
    return seeOther(`/alv/${id}/oproeping`)
  }

  /** The letters of the latest convocation, to print. */
  @Get('brieven.pdf')
  async letters(@Param('id') id: string): Promise<Download> {
    const assembly = await this.find(id)
    const last = (await this.convocations.list(id)).at(-1)
    const recipients = (await this.convocations.recipients(id)).filter(
      ({ convocationId, channel }) => convocationId === last?.id && channel === 'letter',
    )
    if (!last || recipients.length === 0) throw new NotFoundException()
    return new Download(`brieven-${assembly.heldOn}.pdf`, PDF, await this.letterPapers.pdf(last, recipients))
  }

  /** The agenda with its papers, as convened last; before that as a draft. */
  @Get('agenda.pdf')
  async agenda(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    const assembly = await this.find(id)
    const last = (await this.convocations.list(id)).at(-1) ?? null
    const content = last?.content ?? (await this.convocations.preview(assembly)).content
    const pdf = await this.papers.agenda(content, last, last?.convenedAt ?? this.clock.now(), lang)
    return new Download(`agenda-${assembly.heldOn}.pdf`, PDF, pdf)
  }

  /** The appointment, as convened last. */
  @Get('agenda.ics')
  async calendar(@Param('id') id: string): Promise<Download> {
    const assembly = await this.find(id)
    const last = (await this.convocations.list(id)).at(-1)
    if (!last) throw new NotFoundException()
    return new Download(
      `alv-${assembly.heldOn}.ics`,
      'text/calendar; charset=utf-8',
      calendarOf(last, this.config.baseUrl),
    )
  }

  private async find(id: string): Promise<AssemblyRow> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return assembly
  }
}

const PDF = 'application/pdf'
