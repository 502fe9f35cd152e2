import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common'
import { type Day, isDay } from '#kernel'
import { CurrentVisitor, Lang, type Language, type Page, page, type Visitor } from '#platform'
import { Offices } from '../offices.service.js'
import { conflictsOf, type Office, officeRules, offices } from '../rules/offices.js'
import { officeOf, slugOf } from './forms.js'
import { ShownOffices } from './shown.js'

/** The offices and who holds them: names for who signed in, the terms for everyone. */
@Controller('functies')
export class OfficesController {
  constructor(
    @Inject(Offices) private readonly offices: Offices,
    @Inject(ShownOffices) private readonly shown: ShownOffices,
  ) {}

  /** All offices on a day (`?per=`, today when absent or not a day). */
  @Get()
  async list(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor | null,
    @Query('per') per?: string,
  ): Promise<Page> {
    const day: Day = typeof per === 'string' && isDay(per) ? per : this.shown.today
    const held = await this.offices.onDay(day)
    const withNames = visitor !== null
    return page('libs/offices/pages/views/offices.hbs', {
      title: this.shown.words(lang, 'title'),
      day,
      isAnotherDay: day !== this.shown.today,
      wrongDay: per !== undefined && per !== '' && day !== per,
      withNames,
      columns: this.shown.columns(lang, withNames),
      offices: offices.map((office) => ({
        name: this.shown.words(lang, `names.${office}`),
        href: `/functies/${slugOf(office)}`,
        about: this.shown.words(lang, `about.${office}`),
        rows: this.shown.rows(lang, held[office], withNames, day),
        tooFew: this.tooFew(lang, office, held[office].length),
      })),
    })
  }

  /** One office: what is asked of who holds it, and every term. */
  @Get(':functie')
  async one(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor | null,
    @Param('functie') slug: string,
  ): Promise<Page> {
    const office = officeOf(slug)
    if (!office) throw new NotFoundException()
    const withNames = visitor !== null
    const terms = await this.offices.terms(office)
    const today = this.shown.today
    const holding = (await this.offices.onDay(today))[office].length
    const mayRecord = visitor?.has('secretary', 'admin') ?? false
    return page('libs/offices/pages/views/office.hbs', {
      title: this.shown.words(lang, `names.${office}`),
      about: this.shown.words(lang, `about.${office}`),
      rules: this.rules(lang, office),
      columns: this.shown.columns(lang, withNames),
      rows: this.shown.rows(lang, terms.toReversed(), withNames, today),
      withNames,
      tooFew: this.tooFew(lang, office, holding),
      appointHref: mayRecord ? `/functies/${slug}/benoeming` : null,
    })
  }

  private rules(lang: Language, office: Office) {
    const { seats, atLeast, yearly, fromMembers, source } = officeRules[office]
    const text = (key: string, values?: object) => this.shown.words(lang, `rules.${key}`, values)
    const conflicts = conflictsOf(office)
    const sources = new Set(conflicts.map((conflict) => conflict.source))
    return [
      text('source', { source }),
      seats === null ? text('atLeast', { atLeast }) : text('seats', { seats }),
      ...(yearly ? [text('yearly')] : []),
      ...(fromMembers ? [text('fromMembers')] : []),
      ...[...sources].map((source) =>
        text('conflict', {
          others: conflicts
            .filter((conflict) => conflict.source === source)
            .map((conflict) => this.shown.words(lang, `names.${conflict.with}`))
            .join(', '),
          source,
        }),
      ),
    ]
  }

  private tooFew(lang: Language, office: Office, holding: number): string {
    const { atLeast } = officeRules[office]
    return holding < atLeast ? this.shown.words(lang, 'tooFew', { holding, atLeast }) : ''
  }
}
