import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  Lang,
  type Language,
  longDay,
  moment,
  type Page,
  page,
  TakesFiles,
  typedFields,
  uploadsOf,
} from '#platform'
import { readContent } from '../content.js'
import { groupedHash } from '../rules/typed-hash.js'
import { type CheckOutcome, SignedAgreements } from '../signed-agreements.service.js'
import type { SignedVersion } from '../store/signing-records.js'
import { AgreementWords } from './words.js'

const TONES = { text: 'good', paper: 'good', other: 'warn', none: 'bad', noHash: 'bad' } as const

/** Whether what somebody holds is what both parties signed. Open to everyone; it shows what the text is, not what it says. */
@Controller('afspraken/controle/:code')
export class CheckController {
  constructor(
    @Inject(SignedAgreements) private readonly signed: SignedAgreements,
    @Inject(AgreementWords) private readonly words: AgreementWords,
  ) {}

  @Get()
  async show(@Lang() lang: Language, @Param('code') code: string): Promise<Page> {
    return this.build(lang, code, await this.find(code))
  }

  /** Compares and keeps nothing: it can be asked any number of times. */
  @Post()
  @TakesFiles({ maxFiles: 1, maxFileBytes: 20_000_000, maxFormBytes: 21_000_000 })
  async check(@Lang() lang: Language, @Param('code') code: string, @Body() body: unknown): Promise<Page> {
    const version = await this.find(code)
    const [upload] = uploadsOf(body, 'bestand')
    const typed = typedFields(body)
    const outcome =
      upload && !upload.tooLarge && upload.content.length > 0
        ? await this.signed.checkFile(version, upload.content)
        : await this.signed.checkHash(version, typed.vingerafdruk ?? '')
    return this.build(lang, code, version, outcome, typed)
  }

  private build(
    lang: Language,
    code: string,
    version: SignedVersion,
    outcome?: CheckOutcome,
    typed?: Record<string, string>,
  ): Page {
    const text = this.words.in(lang)
    const refused = outcome === 'noHash'
    const model = {
      title: text('check.title'),
      ...{ code, pre: text('page.title', { area: version.areaName }), typed: typed ?? null },
      summary: this.summary(lang, version),
      errors: refused ? this.words.errors(lang, [{ field: 'vingerafdruk', code: 'agreement.noHash' }]) : null,
      outcome: outcome &&
        !refused && {
          tone: TONES[outcome],
          heading: text(`check.${outcome}.title`),
          text: text(`check.${outcome}.text`),
        },
    }
    return page('libs/agreements/pages/views/check.hbs', model, refused ? 422 : 200)
  }

  private summary(lang: Language, { content, number, signatures, signedOn, sha256 }: SignedVersion) {
    const text = this.words.in(lang)
    const { cooperative, counterparty, startsOn, endsOn, holdsFrom } = readContent(content!)
    const item = (key: string, value: string, note = '') => ({ label: text(`label.${key}`), value, note })
    const [from, until] = [longDay(lang, startsOn), longDay(lang, endsOn)]
    return [
      item('cooperative', cooperative),
      item('counterparty', counterparty.name),
      item('version', String(number)),
      item('period', text('period', { from, until })),
      item('holdsFrom', longDay(lang, holdsFrom)),
      ...(signatures.length > 0
        ? signatures.map(({ side, capacity, signedAt }) => ({
            label: text(`signedFor.${side}`),
            value: text('check.signed', { capacity: text(`capacities.${capacity}`) }),
            note: moment(lang, signedAt),
          }))
        : [item('signedOn', longDay(lang, signedOn), text('version.elsewhere'))]),
      item('hash', groupedHash(sha256!), text('label.hashNote')),
    ]
  }

  private async find(code: string): Promise<SignedVersion> {
    const version = await this.signed.coded(code)
    if (!version) throw new NotFoundException()
    return version
  }
}
