import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { fileReply } from '#files'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
  type Download,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { Agenda } from '../convocation/agenda.service.js'
import { AssemblyPlanners } from '../convocation/assembly-planners.service.js'
import { PAPER_RULES, Papers } from '../convocation/papers.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { AssemblyRow } from '../store/entities.js'
import { AgendaPages } from './agenda-pages.js'
import { readItemForm, readPaperForm } from './item-form.js'

const ONE_FILE = { maxFileBytes: PAPER_RULES.maxBytes, maxFormBytes: PAPER_RULES.maxBytes, maxFiles: 1 }

/** Making the agenda, and its papers. */
@Controller('alv/:id')
export class AgendaController {
  constructor(
    @Inject(Agenda) private readonly agenda: Agenda,
    @Inject(Papers) private readonly papers: Papers,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(AgendaPages) private readonly pages: AgendaPages,
  ) {}

  @Get('agenda')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(visitor, id)
    return assembly ? this.pages.agenda(lang, assembly) : seeOther(`/alv/${id}`)
  }

  /** Another order: all ids, or one item up or down. What someone else changed meanwhile is shown first. */
  @Post('agenda/volgorde')
  async reorder(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.mine(visitor, id)
    const { versie = '', volgorde = '', omhoog, omlaag } = typedFields(body)
    const one = omhoog ?? omlaag
    const wanted = one
      ? { id: one, by: omhoog ? (-1 as const) : (1 as const) }
      : volgorde.split(',').filter(isId)
    try {
      await this.agenda.reorder(id, wanted, /^\d{1,9}$/.test(versie) ? Number(versie) : 0, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.pages.agenda(lang, assembly, { violations: error.violations, status: 409 })
    }
    return seeOther(isId(one) ? `/alv/${id}/agenda#punt-${one}` : `/alv/${id}/agenda`)
  }

  /** Adds an item. A repeat adds nothing. */
  @Post('agenda/punten')
  async add(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.mine(visitor, id)
    const read = readItemForm(body)
    if (!read.ok)
      return this.pages.agenda(lang, assembly, { violations: read.errors, typed: read.typed, status: 422 })
    const { punt } = typedFields(body)
    if (!isId(punt)) throw new NotFoundException()
    await this.agenda.add(id, punt, read.value, visitor)
    return seeOther(`/alv/${id}/agenda#punt-${punt}`)
  }

  @Get('agenda/punten/:punt')
  async item(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('punt') itemId: string,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(visitor, id)
    return assembly ? this.pages.item(lang, assembly, itemId) : seeOther(`/alv/${id}`)
  }

  /** Changes an item that is not convened yet. A repeat records the same. */
  @Post('agenda/punten/:punt')
  async edit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('punt') itemId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.mine(visitor, id)
    const read = readItemForm(body)
    const again = (violations: readonly Violation[]) =>
      this.pages.item(lang, assembly, itemId, { violations, typed: typedFields(body) })
    if (!read.ok) return again(read.errors)
    try {
      if (!isId(itemId)) throw new NotFoundException()
      await this.agenda.edit(id, itemId, read.value, visitor)
    } catch (error) {
      if (error instanceof RuleViolated && error.violations[0]!.path) return again(error.violations)
      throw error
    }
    return seeOther(`/alv/${id}/agenda#punt-${itemId}`)
  }

  /** Takes an item off. A repeat changes nothing. */
  @Post('agenda/punten/:punt/verwijdering')
  async remove(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('punt') itemId: string,
  ): Promise<SeeOther> {
    await this.mine(visitor, id)
    if (!isId(itemId)) throw new NotFoundException()
    await this.agenda.remove(id, itemId, visitor)
    return seeOther(`/alv/${id}/agenda`)
  }

  /** Adds a paper or a new version of one. The same file again adds nothing. */
  @Post('agenda/punten/:punt/stukken')
  @TakesFiles(ONE_FILE)
  async addPaper(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('punt') itemId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.mine(visitor, id)
    if (!isId(itemId)) throw new NotFoundException()
    const [upload] = uploadsOf(body, 'bestand')
    const read = readPaperForm(body, upload !== undefined)
    const again = (violations: readonly Violation[]) =>
      this.pages.item(lang, assembly, itemId, { violations, typed: typedFields(body) })
    if (!read.ok) return again(read.errors)
    try {
      await this.papers.add(id, itemId, read.value, upload!, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return again(error.violations.map((violation) => ({ ...violation, path: 'bestand' })))
    }
    return seeOther(`/alv/${id}/agenda/punten/${itemId}#stukken`)
  }

  /** One version of a paper, for everyone who is signed in. */
  @Get('stukken/:stuk/:versie')
  async paper(
    @Param('id') id: string,
    @Param('stuk') paperId: string,
    @Param('versie') version: string,
  ): Promise<Download> {
    const known = isId(id) && isId(paperId) && /^[1-9]\d{0,3}$/.test(version)
    const file = known ? await this.papers.read(id, paperId, Number(version)) : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  private async find(visitor: Visitor, id: string): Promise<AssemblyRow | null> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return (await this.planners.may(visitor, assembly.requestId)) ? assembly : null
  }

  /** @throws NotFoundException, RuleViolated `assembly.notYours` */
  private async mine(visitor: Visitor, id: string): Promise<AssemblyRow> {
    const assembly = await this.find(visitor, id)
    if (!assembly) throw RuleViolated.of('assembly.notYours')
    return assembly
  }
}
