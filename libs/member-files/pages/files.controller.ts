import { Controller, Get, Inject, Query } from '@nestjs/common'
import { Areas } from '#areas'
import { MemberList } from '#members'
import { CurrentVisitor, Download, Messages, type Visitor } from '#platform'
import { type ExportSources, exportCsv, exportXlsx, publicColumns, staffColumns } from '../files/export.js'
import { templateCsv, templateXlsx } from '../files/template.js'
import { textsOf } from '../words.js'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CSV = 'text/csv; charset=utf-8'

/** Files of the register to download: the template of an import, and the list of members. */
@Controller('leden')
export class MemberFilesController {
  constructor(
    @Inject(MemberList) private readonly list: MemberList,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('sjabloon.xlsx')
  async templateXlsx(): Promise<Download> {
    const buurten = (await this.areas.neighbourhoods()).map(({ name }) => name)
    const explanation = textsOf(this.messages, 'nl')('template.explanation')
    return new Download('leden-sjabloon.xlsx', XLSX, await templateXlsx(buurten, explanation))
  }

  @Get('sjabloon.csv')
  templateCsv(): Download {
    return new Download('leden-sjabloon.csv', CSV, templateCsv())
  }

  /** The list as the same address of `/leden` shows it, all pages. */
  @Get('export.xlsx')
  async exportXlsx(
    @CurrentVisitor() visitor: Visitor | null,
    @Query() query: Record<string, unknown>,
  ): Promise<Download> {
    const { day, sources } = await this.sources(query)
    const content = await exportXlsx(`Leden ${day}`, columnsFor(visitor), sources)
    return new Download(`leden-${day}.xlsx`, XLSX, content)
  }

  @Get('export.csv')
  async exportCsv(
    @CurrentVisitor() visitor: Visitor | null,
    @Query() query: Record<string, unknown>,
  ): Promise<Download> {
    const { day, sources } = await this.sources(query)
    return new Download(`leden-${day}.csv`, CSV, exportCsv(columnsFor(visitor), sources))
  }

  private async sources(query: Record<string, unknown>): Promise<{ day: string; sources: ExportSources }> {
    const { day, members, details, wijken } = await this.list.chosen(query)
    const text = textsOf(this.messages, 'nl')
    const buurten = new Map((await this.areas.neighbourhoods()).map(({ number, name }) => [number, name]))
    const wijkenOf = (numbers: readonly number[]) =>
      wijken
        .filter(({ neighbourhoods }) => neighbourhoods.some((number) => numbers.includes(number)))
        .map(({ name }) => name)
        .join(', ')
    const statusNames = { suspended: text('status.suspended'), former: text('status.former') }
    return { day, sources: { members, details, wijkenOf, buurten, statusNames } }
  }
}

function columnsFor(visitor: Visitor | null) {
  return visitor?.has('serviceTeam', 'director', 'admin', 'secretary') ? staffColumns : publicColumns
}
