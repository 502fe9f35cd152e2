import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { z } from 'zod'
import { Areas } from '#areas'
import { People } from '#identity'
import { addDays, dayOf, isDay, RuleViolated } from '#kernel'
import {
  Clock,
  CurrentVisitor,
  Download,
  type FieldError,
  formErrors,
  Ids,
  isId,
  Lang,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { ImportCommits } from '../committing.service.js'
import { errorsFile } from '../files/errors-file.js'
import { MemberImports, type ShownImport } from '../imports.service.js'
import { correctedGrid } from '../planning.service.js'
import { textsOf } from '../words.js'
import { findingInWords, typedCells } from './findings.js'
import { previewPage } from './preview-page.js'

const VIEWS = 'libs/member-files/pages/views'
const MOST_BYTES = 10 * 1024 * 1024
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CSV = 'text/csv; charset=utf-8'

const uploadForm = z.object({
  ingang: z.string().refine((day) => isDay(day) && day >= '1900-01-01', 'import.dayNeeded'),
  verzoek: z.string().refine(isId, 'import.staleForm'),
})
const planForm = z.object({ voorbeeld: z.string().regex(/^[0-9a-f]{64}$/, 'import.previewChanged') })

/** Importing the register: a file, the preview of what it does, mending it, four eyes, carrying it out. */
@Controller('leden/import')
export class ImportsController {
  constructor(
    @Inject(MemberImports) private readonly imports: MemberImports,
    @Inject(ImportCommits) private readonly commits: ImportCommits,
    @Inject(People) private readonly people: People,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  start(@Lang() lang: Language): Promise<Page> {
    return this.startPage(lang, null, [])
  }

  /** Takes a file. Safe to repeat: the form carries a key, and the second leads to the first. */
  @Post()
  @TakesFiles({ maxFiles: 1, maxFileBytes: MOST_BYTES, maxFormBytes: MOST_BYTES })
  async upload(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const form = parseForm(uploadForm, body)
    const [file] = uploadsOf(body, 'bestand')
    const errors: FieldError[] = form.ok ? [] : [...form.errors]
    if (!file) errors.unshift({ field: 'bestand', code: 'import.fileMissing' })
    else if (file.tooLarge)
      errors.unshift({ field: 'bestand', code: 'sheet.tooManyBytes', params: { limit: '10' } })
    if (form.ok && form.value.ingang > addDays(this.clock.today(), 366))
      errors.push({ field: 'ingang', code: 'import.dayNeeded' })
    if (!form.ok || !file || errors.length > 0) return this.startPage(lang, typed, errors)
    try {
      const { ingang: effectiveOn, verzoek: requestKey } = form.value
      const id = await this.imports.upload(visitor, { file, effectiveOn, requestKey })
      return seeOther(`/leden/import/${id}`)
    } catch (error) {
      const refused = violationsOf(error).map((violation) => ({ ...violation, field: 'bestand' }))
      return this.startPage(lang, typed, refused)
    }
  }

  @Get(':id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    return this.preview(lang, visitor, await this.find(id), query)
  }

  /** Mends cells and works the preview out anew. Safe to repeat: what changes nothing makes no new preview. */
  @Post(':id/correctie')
  async correct(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const act = () => this.imports.correct(visitor, id, typedCells(typedFields(body)))
    return this.take(lang, visitor, id, act)
  }

  /** A second person confirms what is sensitive in the preview that was shown. A repeat changes nothing. */
  @Post(':id/bevestiging')
  async confirm(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, () => this.imports.confirm(visitor, id, planHashIn(body)))
  }

  /** Carries out what the preview showed, all of it. A repeat leads to the same result. */
  @Post(':id/vastlegging')
  async commit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, () => this.commits.commit(visitor, id, planHashIn(body)))
  }

  /** Closes an import without carrying it out. A repeat changes nothing. */
  @Post(':id/intrekking')
  async withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page | SeeOther> {
    return this.take(lang, visitor, id, () => this.imports.withdraw(visitor, id))
  }

  /** The file with a column that says what to do, in the format in which it came. */
  @Get(':id/fouten')
  async errors(@Lang() lang: Language, @Param('id') id: string): Promise<Download> {
    const { name } = await this.find(id)
    const contents = await this.imports.contents(id)
    if (!contents) throw new NotFoundException()
    const { grid, plan } = contents
    const kind = /\.csv$|\.txt$/i.test(name) ? 'csv' : 'xlsx'
    const content = await errorsFile(
      correctedGrid(grid, plan.corrections),
      plan.findings,
      (finding) => findingInWords(this.messages, lang, finding),
      kind,
    )
    const base = name.replace(/\.\w{1,5}$/, '')
    return new Download(`${base}-wat-te-doen.${kind}`, kind === 'csv' ? CSV : XLSX, content)
  }

  private async take(
    lang: Language,
    visitor: Visitor,
    id: string,
    act: () => Promise<void>,
  ): Promise<Page | SeeOther> {
    await this.find(id)
    try {
      await act()
      return seeOther(`/leden/import/${id}`)
    } catch (error) {
      return this.preview(lang, visitor, await this.find(id), {}, violationsOf(error))
    }
  }

  private async preview(
    lang: Language,
    visitor: Visitor,
    found: ShownImport,
    query: Record<string, unknown>,
    refused: FieldError[] = [],
  ): Promise<Page> {
    const people = [found.uploadedBy, ...found.steps.map(({ by }) => by)]
    const names = await this.people.named([...new Set(people)])
    const buurten = new Map((await this.areas.neighbourhoods()).map(({ number, name }) => [number, name]))
    const { messages } = this
    const model = previewPage({ found, query, visitor, names, buurten, messages, lang })
    const errors = refused.length > 0 ? formErrors(messages, lang, refused) : null
    return page(`${VIEWS}/preview.hbs`, { ...model, errors }, errors ? 409 : 200)
  }

  private async startPage(
    lang: Language,
    typed: Record<string, string> | null,
    errors: readonly FieldError[],
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const latest = await this.imports.latest()
    const names = await this.people.named([...new Set(latest.map(({ uploadedBy }) => uploadedBy))])
    const model = {
      title: text('start.title'),
      day: this.clock.today(),
      requestKey: this.ids.next(),
      typed,
      errors: errors.length > 0 ? formErrors(this.messages, lang, errors) : null,
      columns: ['file', 'state', 'uploaded'].map((one) => ({ label: text(`label.${one}`) })),
      rows: latest.map(({ id, name, reference, state, uploadedAt, uploadedBy }) => [
        { value: name, href: `/leden/import/${id}`, note: reference },
        text(`state.${state}.short`),
        { value: longDay(lang, dayOf(uploadedAt)), note: names.get(uploadedBy)?.name },
      ]),
    }
    return page(`${VIEWS}/start.hbs`, model, errors.length > 0 ? 422 : 200)
  }

  private async find(id: string): Promise<ShownImport> {
    const found = isId(id) ? await this.imports.find(id) : null
    if (!found) throw new NotFoundException()
    return found
  }
}

function planHashIn(body: unknown): string {
  const form = parseForm(planForm, body)
  if (!form.ok) throw RuleViolated.of('import.previewChanged')
  return form.value.voorbeeld
}

function violationsOf(error: unknown): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ code, params }) => ({ field: '', code, params }))
}
