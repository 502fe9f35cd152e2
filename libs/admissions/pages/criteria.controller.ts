import { Body, Controller, Get, Inject, Post } from '@nestjs/common'
import { z } from 'zod'
import { isDay } from '#kernel'
import {
  Clock,
  CurrentVisitor,
  Database,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  requiredText,
  type SeeOther,
  type ShownError,
  seeOther,
  type Visitor,
} from '#platform'
import { Criteria } from '../criteria.service.js'

const criterionForm = z
  .object({
    soort: z.enum(['voting', 'supporting'], 'admission.missing.soort'),
    sleutel: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'admission.criterionKey')
      .max(60, 'form.tooLong'),
    tekst: requiredText(500),
    artikel: requiredText(100),
    plaats: z.string().regex(/^[1-9]\d?$/, 'admission.criterionPosition'),
    vanaf: z.string().refine((text) => isDay(text), 'admission.criterionDay'),
    vervalt: z.literal('ja').optional(),
  })
  .transform(({ soort, sleutel, tekst, artikel, plaats, vanaf, vervalt }) => ({
    kind: soort,
    key: sleutel,
    text: tekst,
    article: artikel,
    position: Number(plaats),
    applies: vervalt !== 'ja',
    holdsFrom: vanaf,
  }))

/** The checklist of each kind, as it holds today, and a new line for it from a day on. */
@Controller('aanmeldingen/criteria')
export class CriteriaController {
  constructor(
    @Inject(Criteria) private readonly criteria: Criteria,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  show(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.page(lang, visitor, null, [])
  }

  /** Records a criterion from a day on; with a known key it replaces that one. A repeat records the same again. */
  @Post()
  async record(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(criterionForm, body)
    if (!form.ok) {
      return this.page(lang, visitor, form.typed, formErrors(this.messages, lang, form.errors))
    }
    await this.database.transaction((tx) => this.criteria.record(tx, [form.value], visitor.personId))
    return seeOther('/aanmeldingen/criteria')
  }

  private async page(
    lang: Language,
    visitor: Visitor,
    typed: Record<string, string> | null,
    errors: ShownError[],
  ): Promise<Page> {
    const text = (key: string) => this.messages.text(lang, `admissions.${key}`)
    const kinds = ['voting', 'supporting'] as const
    const today = this.clock.today()
    return page(
      'libs/admissions/pages/views/criteria.hbs',
      {
        title: text('criteria.title'),
        columns: ['position', 'text', 'article', 'key']
          .map((key) => ({ label: text(`criteria.${key}`) }))
          .concat([{ label: text('criteria.holdsFrom'), kind: 'day' } as never]),
        lists: await Promise.all(
          kinds.map(async (kind) => ({
            caption: text(`kinds.${kind}`),
            rows: (await this.criteria.asOf(kind, today)).map((one) => [
              String(one.position),
              one.text,
              one.article,
              one.key,
              one.holdsFrom,
            ]),
          })),
        ),
        kinds: kinds.map((value) => ({ value, label: text(`kinds.${value}`) })),
        mayRecord: visitor.has('secretary', 'director'),
        typed: typed ?? { vanaf: today },
        errors: errors.length > 0 ? errors : null,
      },
      errors.length > 0 ? 422 : 200,
    )
  }
}
