import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { Files } from '#files'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  Download,
  filesTo,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  TakesFiles,
  thenTo,
  typedFields,
  type Upload,
  uploadsOf,
  type Visitor,
} from '#platform'
import { mayReadFiles } from '../annual-accounts.service.js'
import { ACCOUNTS_FILE, AccountsRecording } from '../recording.service.js'
import { AccountsPages } from './accounts-pages.js'

const ONE_FILE = { maxFiles: 1, maxFileBytes: ACCOUNTS_FILE.maxBytes, maxFormBytes: ACCOUNTS_FILE.maxBytes }

/** The accounts of each year: reading, drawing up, signing and reviewing them. */
@Controller('jaarrekening')
export class AnnualAccountsController {
  constructor(
    @Inject(AccountsPages) private readonly pages: AccountsPages,
    @Inject(AccountsRecording) private readonly recording: AccountsRecording,
    @Inject(Files) private readonly files: Files,
  ) {}

  @Get()
  list(@Lang() lang: Language): Promise<Page> {
    return this.pages.list(lang)
  }

  @Get(':jaar')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, await this.pages.find(year))
  }

  @Get(':jaar/jaarrekening.pdf')
  async accountsPdf(@CurrentVisitor() visitor: Visitor, @Param('jaar') year: string): Promise<Download> {
    const known = await this.pages.find(year)
    return this.download(
      mayReadFiles(visitor, known) ? known.latest?.fileId : null,
      `jaarrekening-${year}.pdf`,
    )
  }

  @Get(':jaar/controle.pdf')
  async reviewPdf(@CurrentVisitor() visitor: Visitor, @Param('jaar') year: string): Promise<Download> {
    const known = await this.pages.find(year)
    return this.download(mayReadFiles(visitor, known) ? known.review?.fileId : null, `controle-${year}.pdf`)
  }

  /** Hands in the accounts or another version. The same file again adds nothing. */
  @Post(':jaar/versies')
  @TakesFiles(ONE_FILE)
  async drawUp(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer(lang, visitor, year, body, 'jaarrekening', (number) =>
      this.recording.drawUp(number, fileOf(body, 'jaarrekening'), visitor),
    )
  }

  /** Signs the accounts that were on the screen. A repeat changes nothing. */
  @Post(':jaar/ondertekening')
  async sign(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { akkoord, vingerafdruk = '' } = typedFields(body)
    return this.answer(lang, visitor, year, body, undefined, async (number) => {
      if (akkoord !== 'ja') throw RuleViolated.of('accounts.consentNeeded', {}, 'akkoord')
      await this.recording.sign(number, vingerafdruk, visitor)
    })
  }

  /** Hands in the kascommissie's report, or as secretary the auditor's statement. The same file again adds nothing. */
  @Post(':jaar/controle')
  @TakesFiles(ONE_FILE)
  async review(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const asCommittee = visitor.has('auditCommittee')
    const field = asCommittee ? 'verslag' : 'verklaring'
    return this.answer(lang, visitor, year, body, field, async (number) => {
      const auditor = asCommittee ? null : (typedFields(body).accountant ?? '').trim()
      if (auditor === '') throw RuleViolated.of('accounts.auditorNeeded', {}, 'accountant')
      if (auditor && auditor.length > 150) throw RuleViolated.of('accounts.auditorTooLong', {}, 'accountant')
      await this.recording.review(number, auditor, fileOf(body, field), visitor)
    })
  }

  /** Signs the report that was on the screen. A repeat changes nothing. */
  @Post(':jaar/controle/ondertekening')
  async signReview(
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const known = await this.pages.find(year)
    await this.recording.signReview(known.year, typedFields(body).vingerafdruk ?? '', visitor)
    return seeOther(`/jaarrekening/${year}`)
  }

  private async answer(
    lang: Language,
    visitor: Visitor,
    year: string,
    body: unknown,
    fileField: string | undefined,
    work: (year: number) => Promise<void>,
  ): Promise<Page | SeeOther> {
    const known = await this.pages.find(year)
    const again = (refused: Parameters<AccountsPages['show']>[3]) =>
      this.pages.show(lang, visitor, known, refused)
    return answerForm(
      body,
      again,
      thenTo(`/jaarrekening/${year}`, () => work(known.year)),
      filesTo(fileField),
    )
  }

  private async download(fileId: string | null | undefined, name: string): Promise<Download> {
    const file = fileId ? await this.files.read(fileId) : null
    if (!file) throw new NotFoundException()
    return new Download(name, 'application/pdf', file.content)
  }
}

function fileOf(body: unknown, field: string): Upload {
  const [upload] = uploadsOf(body, field)
  if (!upload) throw RuleViolated.of('accounts.fileNeeded', {}, field)
  return upload
}
