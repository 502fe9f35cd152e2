import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  Clock,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Drafting, type SavedFields } from '../drafting.service.js'
import type { Report } from '../reports.service.js'
import { draftIsOpen } from '../rules/status.js'
import { hasBegun } from '../rules/timing.js'
import { SigningOff } from '../signing-off.service.js'
import { FillingInPage } from './filling-in-page.js'
import { pathOf } from './report-words.js'
import { chosenFields, sentFields } from './sent-fields.js'

/** The form of treasurer and coordinator: fill in, field by field or as a whole, and say that it is ready. */
@Controller('verantwoording/:gebied/:kwartaal')
export class FillingInController {
  constructor(
    @Inject(Drafting) private readonly drafting: Drafting,
    @Inject(SigningOff) private readonly signing: SigningOff,
    @Inject(FillingInPage) private readonly pages: FillingInPage,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('invullen')
  async form(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Query('bewaard') saved?: string,
  ): Promise<Page | SeeOther> {
    const report = await this.own(visitor, area, quarter)
    if (!hasBegun(report.quarter, this.clock.today())) throw RuleViolated.of('report.quarterNotBegun')
    if (!draftIsOpen(report.status)) return seeOther(pathOf(report))
    return this.pages.form(lang, visitor, report, {
      justSaved: saved !== undefined,
      completionUndone: saved === 'opnieuw',
    })
  }

  /** Saves the fields that were sent, each by itself, for the script of the form. A repeat changes nothing. */
  @Post('velden')
  async fields(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ) {
    const { template } = await this.own(visitor, area, quarter)
    const changes = sentFields(template, typedFields(body))
    const result = await this.drafting.saveFields(visitor, { area, quarter }, changes)
    return this.pages.saved(lang, visitor, await this.own(visitor, area, quarter), result)
  }

  /** Saves the whole form, or what was chosen between two texts. Sent again, it changes nothing. */
  @Post('concept')
  async save(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const sent = typedFields(body)
    const { refused, result, report } = await this.keep(lang, visitor, { area, quarter }, sent)
    if (refused) return refused
    if (sent.daarna === 'bijlagen') return seeOther(`${pathOf(report)}/bijlagen`)
    return seeOther(`${pathOf(report)}/invullen?bewaard=${result.completionUndone ? 'opnieuw' : '1'}`)
  }

  /** Saves the whole form and says that it is ready to be signed. A repeat changes nothing. */
  @Post('gereedmelding')
  async complete(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { refused, report } = await this.keep(lang, visitor, { area, quarter }, typedFields(body))
    if (refused) return refused
    const done = await this.signing.complete(visitor, { area, quarter })
    if (done.outcome === 'completed') return seeOther(`${pathOf(report)}?gereed=1`)
    const now = await this.own(visitor, area, quarter)
    return this.pages.form(lang, visitor, now, { refused: done.findings })
  }

  private async keep(
    lang: Language,
    visitor: Visitor,
    address: { area: string; quarter: string },
    sent: Record<string, string>,
  ): Promise<{ refused: Page | null; result: SavedFields; report: Report }> {
    const { template } = await this.own(visitor, address.area, address.quarter)
    const { changes, undecided } = chosenFields(sentFields(template, sent), sent)
    const result = await this.drafting.saveFields(visitor, address, changes)
    const { report, fields } = await this.drafting.current(address, visitor)
    const conflicts = [
      ...result.conflicts,
      ...undecided.map(({ field, text }) => {
        const { text: theirs, revision, by, at } = fields.get(field)!
        return { field, mine: text, theirs, revision, by: by?.name ?? '', at: at ?? this.clock.now() }
      }),
    ]
    const names = undecided.map(({ field }) => field)
    const refused =
      result.closed.length > 0
        ? this.pages.closed(lang, report, [...result.closed, ...conflicts])
        : conflicts.length > 0
          ? this.pages.choice(lang, report, conflicts, names)
          : null
    return { refused, result, report }
  }

  private async own(visitor: Visitor, area: string, quarter: string): Promise<Report> {
    return (await this.drafting.current({ area, quarter }, visitor)).report
  }
}
