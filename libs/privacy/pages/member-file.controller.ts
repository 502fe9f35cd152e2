import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { Documents } from '#documents'
import { Members } from '#members'
import {
  CurrentVisitor,
  Download,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type Visitor,
} from '#platform'
import { type MemberFile, MemberFiles } from '../member-file.service.js'
import { fileAsJson, fileAsPaper } from '../member-file-shown.js'
import { maySeeFile, memberNumbered } from './find-member.js'

/** One member's complete file: what it holds, and to download. */
@Controller()
export class MemberFileController {
  constructor(
    @Inject(MemberFiles) private readonly files: MemberFiles,
    @Inject(Members) private readonly members: Members,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('leden/:nummer/dossier')
  async show(
    @CurrentVisitor() visitor: Visitor,
    @Lang() lang: Language,
    @Param('nummer') typed: string,
  ): Promise<Page> {
    const file = await this.file(visitor, typed)
    const { member, sections, erasedAt } = file
    const text = (key: string, values: object = {}) =>
      this.messages.text(lang, `privacy.file.${key}`, { ...values })
    return page('libs/privacy/pages/views/member-file.hbs', {
      title: text('title', { name: member.name }),
      member,
      erasedAt,
      parts: sections.map(({ key, rows }) => ({
        label: this.messages.text(lang, `${key}.title`),
        value: text('rows', { count: rows.length }),
      })),
      downloads: (['pdf', 'json'] as const).map((kind) => ({
        href: `/leden/${member.number}/dossier.${kind}`,
        label: text(kind),
        download: true,
      })),
      mayErase: member.status === 'former' && visitor.has('director', 'admin'),
    })
  }

  @Get('leden/:nummer/dossier.json')
  async json(@CurrentVisitor() visitor: Visitor, @Param('nummer') typed: string): Promise<Download> {
    const file = await this.file(visitor, typed)
    return new Download(nameOf(file, 'json'), 'application/json', fileAsJson(file, this.messages))
  }

  @Get('leden/:nummer/dossier.pdf')
  async pdf(
    @CurrentVisitor() visitor: Visitor,
    @Lang() lang: Language,
    @Param('nummer') typed: string,
  ): Promise<Download> {
    const file = await this.file(visitor, typed)
    const paper = fileAsPaper(file, this.messages, lang)
    return new Download(nameOf(file, 'pdf'), 'application/pdf', await this.documents.pdf(paper))
  }

  private async file(visitor: Visitor, typed: string): Promise<MemberFile> {
    const memberId = await memberNumbered(this.members, typed)
    maySeeFile(visitor, memberId)
    const file = await this.files.of(visitor, memberId)
    if (!file) throw new NotFoundException()
    return file
  }
}

function nameOf({ member }: MemberFile, kind: string): string {
  return `dossier-lid-${member.number}.${kind}`
}
