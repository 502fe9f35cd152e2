import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { Quarter, RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  Download,
  isId,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { JournalPreviews } from '../journal-previews.service.js'
import { JournalUploads } from '../journal-uploads.service.js'
import { Journals } from '../journals.service.js'
import { DistrictWords } from './district-words.js'
import { JournalPages, NOT_OURS } from './journal-pages.js'

/** A wijk's own journal: brought in as a file, looked at, and kept. */
@Controller('wijkadministratie')
export class JournalController {
  constructor(
    @Inject(JournalPages) private readonly pages: JournalPages,
    @Inject(DistrictWords) private readonly words: DistrictWords,
    @Inject(JournalUploads) private readonly uploads: JournalUploads,
    @Inject(JournalPreviews) private readonly previews: JournalPreviews,
    @Inject(Journals) private readonly journals: Journals,
  ) {}

  @Get('journaal-voorbeeld.csv')
  template(): Download {
    return new Download('journaal-voorbeeld.csv', 'text/csv; charset=utf-8', this.pages.template())
  }

  @Get(':gebied/:jaar/journaal')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('jaar') year: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, await this.words.find(visitor, area, year))
  }

  /** Takes a file. Nothing is kept as journal before it is confirmed; the same file again leads to the same upload. */
  @Post(':gebied/:jaar/journaal')
  @TakesFiles({ maxFiles: 1 })
  async upload(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const known = await this.words.find(visitor, area, year)
    const { kwartaal = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, known, { refused })
    return answerForm(
      body,
      again,
      async () => {
        const [file] = uploadsOf(body, 'bestand')
        if (!file) throw RuleViolated.of('districtAccounts.fileNeeded', {}, 'bestand')
        if (file.tooLarge) throw RuleViolated.of('districtAccounts.fileTooLarge', {}, 'bestand')
        if (!/^[1-4]$/.test(kwartaal)) throw RuleViolated.of('districtAccounts.chooseQuarter', {}, 'kwartaal')
        const quarter = Quarter.parse(`${known.year}-Q${kwartaal}`)
        const outcome = await this.uploads.upload(visitor, area, quarter, file)
        if ('id' in outcome) return seeOther(`/wijkadministratie/journalen/${outcome.id}`)
        return this.pages.show(lang, visitor, known, { findings: outcome.findings, chosen: kwartaal })
      },
      'bestand',
    )
  }

  @Get('journalen/:id')
  preview(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.pages.preview(lang, visitor, asId(id))
  }

  /** Says where the wijk's accounts belong. The same again changes nothing. */
  @Post('journalen/:id/rekeningen')
  async map(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.preview(lang, visitor, asId(id), refused)
    return answerForm(
      body,
      again,
      async () => {
        const { accounts } = await this.previews.of(visitor, asId(id))
        const given = accounts.flatMap(({ account }, at): [string, string | null][] => {
          const line = typed[`rekening.${at}`] ?? ''
          return line === '' ? [] : [[account, line === NOT_OURS ? null : line]]
        })
        await this.previews.map(visitor, id, new Map(given))
        return seeOther(`/wijkadministratie/journalen/${id}`)
      },
      'rekening.0',
    )
  }

  /** Keeps the journal. When it was kept already, nothing is added. */
  @Post('journalen/:id/bevestiging')
  async keep(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    const { area, year } = await this.journals.keep(visitor, asId(id))
    return seeOther(`/wijkadministratie/${area}/${year}/journaal`)
  }

  /** Throws the upload away. A repeat changes nothing. */
  @Post('journalen/:id/verwijdering')
  async discard(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.uploads.discard(visitor, asId(id))
    return seeOther('/wijkadministratie')
  }
}

/** @throws NotFoundException */
function asId(typed: string): string {
  if (!isId(typed)) throw new NotFoundException()
  return typed
}
