import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import type { ReportAddress } from '#accountability'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Download,
  formErrors,
  Ids,
  isId,
  Lang,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { UPLOAD_DAYS } from '../rules/retention.js'
import { type Choices, TakingOver } from '../taking-over.service.js'
import { MOST_MEGABYTES, type ShownUpload, WorkbookUploads } from '../uploads.service.js'
import { textsOf } from '../words.js'
import { Workbooks } from '../workbooks.service.js'
import { headOf } from './heads.js'
import { shownPage } from './shown-page.js'

const VIEWS = 'libs/report-sheets/pages/views'
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CSV = 'text/csv; charset=utf-8'

type Refusal = { code: string; params?: Record<string, string> }

/** Filling in a quarterly report by workbook: download, upload, what it changes, and taking that over. */
@Controller('verantwoording/:gebied/:kwartaal')
export class WorkbooksController {
  constructor(
    @Inject(Workbooks) private readonly workbooks: Workbooks,
    @Inject(WorkbookUploads) private readonly uploads: WorkbookUploads,
    @Inject(TakingOver) private readonly taking: TakingOver,
    @Inject(People) private readonly people: People,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('werkmap')
  async workbook(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
  ): Promise<Download> {
    const { name, content } = await this.workbooks.download(visitor, { area, quarter }, 'xlsx')
    return new Download(name, XLSX, content)
  }

  @Get('werkmap.csv')
  async list(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
  ): Promise<Download> {
    const { name, content } = await this.workbooks.download(visitor, { area, quarter }, 'csv')
    return new Download(name, CSV, content)
  }

  @Get('werkmappen')
  async start(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
  ): Promise<Page> {
    return this.startPage(lang, visitor, { area, quarter }, [])
  }

  /** Takes a workbook or list. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post('werkmap')
  @TakesFiles({ maxFiles: 1, maxFileBytes: MOST_BYTES, maxFormBytes: MOST_BYTES })
  async upload(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const address = { area, quarter }
    const { verzoek: requestKey } = typedFields(body)
    const [file] = uploadsOf(body, 'bestand')
    const refuse = (...refused: Refusal[]) => this.startPage(lang, visitor, address, refused)
    if (!isId(requestKey)) return refuse({ code: 'reportSheet.staleForm' })
    if (!file) return refuse({ code: 'reportSheet.fileMissing' })
    if (file.tooLarge)
      return refuse({ code: 'sheet.tooManyBytes', params: { limit: String(MOST_MEGABYTES) } })
    try {
      const id = await this.uploads.upload(visitor, address, { file, requestKey })
      return seeOther(`/verantwoording/${area}/${quarter}/werkmappen/${id}`)
    } catch (error) {
      if (error instanceof RuleViolated) return refuse(...error.violations)
      throw error
    }
  }

  @Get('werkmappen/:id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const shown = await this.find(visitor, { area, quarter }, id)
    const text = textsOf(this.messages, lang)
    const count = /^\d{1,4}$/.test(String(query.overgenomen)) ? Number(query.overgenomen) : null
    return page(`${VIEWS}/shown.hbs`, {
      ...shownPage(this.messages, lang, shown),
      done: count === null ? null : text('shown.taken', { count }),
      undone: query.opnieuw === '1' ? text('shown.undone') : null,
    })
  }

  /** Takes over into the draft what the workbook changed. Safe to repeat: what stands there already stays. */
  @Post('werkmappen/:id/overname')
  async take(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const address = { area, quarter }
    await this.find(visitor, address, id)
    const taken = await this.taking.take(visitor, address, id, choicesIn(body))
    if (!taken) throw new NotFoundException()
    if (taken.outcome === 'taken') {
      const again = taken.completionUndone ? '&opnieuw=1' : ''
      return seeOther(
        `/verantwoording/${area}/${quarter}/werkmappen/${id}?overgenomen=${taken.count}${again}`,
      )
    }
    const shown = await this.find(visitor, address, id)
    return page(`${VIEWS}/shown.hbs`, { ...shownPage(this.messages, lang, shown, taken.fields) }, 422)
  }

  private async startPage(
    lang: Language,
    visitor: Visitor,
    address: ReportAddress,
    refused: readonly Refusal[],
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const { report, uploads } = await this.uploads.latest(visitor, address)
    const names = await this.people.named([...new Set(uploads.map(({ uploadedBy }) => uploadedBy))])
    const head = headOf(this.messages, lang, report)
    const errors = refused.map((violation) => ({ ...violation, field: 'bestand' }))
    const model = {
      ...head,
      title: text('page.title'),
      downloadText: text('page.downloadText', { area: head.areaName, quarter: head.quarterName }),
      keptText: text('page.kept', { count: UPLOAD_DAYS }),
      requestKey: this.ids.next(),
      errors: errors.length > 0 ? formErrors(this.messages, lang, errors) : null,
      columns: ['name', 'at', 'by'].map((one) => ({ label: text(`page.column.${one}`) })),
      rows: uploads.map(({ id, name, uploadedAt, uploadedBy }) => [
        { value: name, href: `${head.reportPath}/werkmappen/${id}` },
        moment(lang, uploadedAt),
        names.get(uploadedBy)?.name ?? '',
      ]),
    }
    return page(`${VIEWS}/start.hbs`, model, errors.length > 0 ? 422 : 200)
  }

  private async find(visitor: Visitor, address: ReportAddress, id: string): Promise<ShownUpload> {
    const found = isId(id) ? await this.uploads.find(visitor, address, id) : null
    if (!found) throw new NotFoundException()
    return found
  }
}

/** What was chosen per field, and the revision of the web's text that was shown beside it. */
function choicesIn(body: unknown): Choices {
  const chosen = new Map<string, 'file' | 'web'>()
  const seen = new Map<string, number>()
  for (const [name, value] of Object.entries(typedFields(body))) {
    const [, what, field = ''] = /^(keuze|gezien)\.(.{1,200})$/.exec(name) ?? []
    if (what === 'keuze' && (value === 'file' || value === 'web')) chosen.set(field, value)
    if (what === 'gezien' && /^\d{1,9}$/.test(value)) seen.set(field, Number(value))
  }
  return { chosen, seen }
}
