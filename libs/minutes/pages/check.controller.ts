import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import { Lang, type Language, type Page, page, TakesFiles, typedFields, uploadsOf } from '#platform'
import { type CheckedMinutes, MinutesChecking } from '../checking.service.js'
import type { MinutesOfAssembly } from '../minutes.service.js'
import { groupedHash } from '../rules/typed-hash.js'
import { MinutesPages } from './minutes-pages.js'

const TONES = {
  signed: 'good',
  approved: 'good',
  current: 'warn',
  older: 'warn',
  none: 'bad',
  noHash: 'bad',
} as const

/** Whether what somebody holds is what was approved and signed. */
@Controller('notulen/:id/controle')
export class CheckController {
  constructor(
    @Inject(MinutesChecking) private readonly checking: MinutesChecking,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(MinutesPages) private readonly pages: MinutesPages,
  ) {}

  @Get()
  async show(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    return this.build(lang, await this.find(id))
  }

  /** Compares and keeps nothing: it can be asked any number of times. */
  @Post()
  @TakesFiles({ maxFiles: 1, maxFileBytes: 10_000_000, maxFormBytes: 11_000_000 })
  async check(@Lang() lang: Language, @Param('id') id: string, @Body() body: unknown): Promise<Page> {
    const known = await this.find(id)
    const [upload] = uploadsOf(body, 'bestand')
    const { vingerafdruk = '' } = typedFields(body)
    const found =
      upload && !upload.tooLarge && upload.content.length > 0
        ? await this.checking.file(known, upload.content)
        : await this.checking.hash(known, vingerafdruk)
    return this.build(lang, known, found, typedFields(body))
  }

  private async build(
    lang: Language,
    known: MinutesOfAssembly,
    found?: CheckedMinutes,
    typed?: Record<string, string>,
  ): Promise<Page> {
    const assembly = (await this.records.assembly(known.minutes.assemblyId))!
    const text = (key: string, values?: Record<string, unknown>) => this.pages.words(lang, key, values)
    const refused = found?.outcome === 'noHash'
    const model = {
      title: text('check.title'),
      ...{ minutes: known.minutes, pre: this.pages.titleOf(lang, assembly), typed: typed ?? null },
      stateText: text(`state.${known.state}`),
      errors: refused ? [{ path: 'vingerafdruk', message: text('violations.minutes.noHash') }] : null,
      outcome: found &&
        !refused && {
          tone: TONES[found.outcome],
          heading: text(`check.${found.outcome}.title`),
          text: text(`check.${found.outcome}.text`, { version: found.version ?? 0 }),
          hash: groupedHash(found.hash),
        },
    }
    return page('libs/minutes/pages/views/check.hbs', model, refused ? 422 : 200)
  }

  private async find(id: string): Promise<MinutesOfAssembly> {
    const known = await this.checking.find(id)
    if (!known) throw new NotFoundException()
    return known
  }
}
