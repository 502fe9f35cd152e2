import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { fileReply } from '#files'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
  Download,
  isId,
  Lang,
  type Language,
  type Page,
  page,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { MotionReading } from '../motions/motion-reading.service.js'
import { PaperCounts, scanLimits } from '../polls/paper-counts.service.js'
import { PaperSheets } from '../polls/paper-sheets.service.js'
import { AssemblyReading } from '../reading.service.js'
import { type PaperCount, paperCountKeys } from '../rules/paper-count.js'
import type { PollInContext } from '../store/poll.store.js'
import { PaperPage } from './paper-page.js'

const PDF = 'application/pdf'

/** Polls on paper: what is printed, what was counted, and the count sheets. */
@Controller()
export class PaperController {
  constructor(
    @Inject(PaperCounts) private readonly paper: PaperCounts,
    @Inject(PaperSheets) private readonly sheets: PaperSheets,
    @Inject(PaperPage) private readonly paperPage: PaperPage,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(MotionReading) private readonly motions: MotionReading,
  ) {}

  @Get('stemmingen/:id/papier')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    return poll.method === 'paper' ? this.page(lang, visitor, poll) : seeOther(`/stemmingen/${id}`)
  }

  /** Enters what one officer counted. A repeat carries the round that is over, and changes nothing. */
  @Post('stemmingen/:id/papier/telling')
  async enter(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const typed = typedFields(body)
    return this.orAgain(lang, visitor, poll, typed, () =>
      this.paper.enter(id, numberIn(typed.ronde), countIn(typed), visitor),
    )
  }

  /** Keeps a scan of the count sheet. The same file again changes nothing. */
  @Post('stemmingen/:id/papier/telblad')
  @TakesFiles({ maxFileBytes: scanLimits.maxBytes, maxFormBytes: scanLimits.maxBytes, maxFiles: 1 })
  async addScan(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const [scan] = uploadsOf(body, 'scan')
    return this.orAgain(lang, visitor, poll, {}, async () => {
      if (!scan) throw RuleViolated.of('form.required', {}, 'scan')
      await this.paper.addScan(id, scan, visitor)
    })
  }

  /** A count sheet: for the officers, and for everyone once the result is declared. */
  @Get('stemmingen/:id/papier/telblad/:nummer/bestand')
  async scan(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('nummer') number: string,
  ): Promise<Download> {
    await this.pollOr404(id)
    const officer = visitor.has('secretary', 'chair', 'director', 'auditCommittee')
    const mayRead = officer || (await this.reading.result(id)) !== null
    const file = mayRead ? await this.paper.scan(id, numberIn(number)) : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  /** The ballots of a poll with its count sheet, for the members of its frozen electorate. */
  @Get('stemmingen/:id/stembiljetten.pdf')
  async ballots(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    const poll = await this.pollOr404(id)
    return new Download('stembiljetten.pdf', PDF, await this.sheets.ofPoll(poll, lang))
  }

  /** Printed before the poll opens, to have them when the connection fails. */
  @Get('voorstellen/:id/stembiljetten.pdf')
  async ballotsAhead(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    const found = await this.motions.motion(id)
    if (!found) throw new NotFoundException()
    return new Download('stembiljetten.pdf', PDF, await this.sheets.ofMotion(found.motion, lang))
  }

  /** Everyone who may vote on the day, with room to sign. */
  @Get('alv/:id/presentielijst.pdf')
  async attendance(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return new Download('presentielijst.pdf', PDF, await this.sheets.attendance(assembly, lang))
  }

  private async orAgain(
    lang: Language,
    visitor: Visitor,
    poll: PollInContext,
    typed: Record<string, string>,
    work: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    try {
      await work()
    } catch (error) {
      if (error instanceof RuleViolated && error.violations[0]!.path)
        return this.page(lang, visitor, poll, { typed, violations: error.violations })
      throw error
    }
    return seeOther(`/stemmingen/${poll.id}/papier`)
  }

  private async page(
    lang: Language,
    visitor: Visitor,
    poll: PollInContext,
    refused?: { typed: Record<string, string>; violations: readonly Violation[] },
  ): Promise<Page> {
    const model = await this.paperPage.of(poll, visitor, lang, refused)
    return page('libs/assemblies/pages/views/paper.hbs', model, refused ? 422 : 200)
  }

  private async pollOr404(id: string): Promise<PollInContext> {
    const poll = isId(id) ? await this.reading.poll(id) : null
    if (!poll) throw new NotFoundException()
    return poll
  }
}

/** A whole number as it was typed; NaN for what is none, which the rule refuses. */
const numberIn = (typed = ''): number => (/^\s*\d{1,7}\s*$/.test(typed) ? Number(typed) : Number.NaN)

function countIn(typed: Record<string, string>): PaperCount {
  return Object.fromEntries(paperCountKeys.map((key) => [key, numberIn(typed[key])])) as unknown as PaperCount
}
