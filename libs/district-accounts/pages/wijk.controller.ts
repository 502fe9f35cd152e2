import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import { RuleViolated, tryParseCents } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  SignedInFreshly,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Advances } from '../advances.service.js'
import { ConfirmingSettlements } from '../confirming-settlements.service.js'
import { Settlements } from '../settlements.service.js'
import { DistrictWords, pathOf } from './district-words.js'
import { WijkPage } from './wijk-page.js'
import { WijkenPage } from './wijken-page.js'

/** The money of the wijken: advances, what was booked, and the settlement of a year. */
@Controller('wijkadministratie')
export class WijkController {
  constructor(
    @Inject(WijkenPage) private readonly list: WijkenPage,
    @Inject(WijkPage) private readonly page: WijkPage,
    @Inject(DistrictWords) private readonly words: DistrictWords,
    @Inject(Advances) private readonly advances: Advances,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(ConfirmingSettlements) private readonly confirming: ConfirmingSettlements,
  ) {}

  @Get()
  all(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('jaar') year?: string,
  ): Promise<Page> {
    return this.list.show(lang, visitor, year)
  }

  @Get(':gebied/:jaar')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('gebied') area: string,
    @Param('jaar') year: string,
    @Query('dag') day?: string,
  ): Promise<Page> {
    return this.page.show(lang, visitor, await this.words.find(visitor, area, year), { day, fresh })
  }

  /** Makes the schedule of advances, or another version. The same again changes nothing. */
  @Post(':gebied/:jaar/schema')
  async schedule(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('jaar') typed: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const known = await this.words.find(visitor, area, typed)
    await this.advances.schedule(visitor, area, known.year, typedFields(body).ritme ?? '')
    return seeOther(pathOf(known))
  }

  /** Hands an advance to the payments. It is ordered once: a repeat changes nothing. */
  @Post(':gebied/:jaar/voorschotten/:nummer')
  async order(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('jaar') typed: string,
    @Param('nummer') number: string,
  ): Promise<SeeOther> {
    const known = await this.words.find(visitor, area, typed)
    if (!/^\d{1,3}$/.test(number)) throw RuleViolated.of('districtAccounts.noSuchAdvance')
    await this.advances.order(visitor, area, known.year, Number(number))
    return seeOther(pathOf(known))
  }

  /** Proposes to settle the year. The same proposal again adds nothing. */
  @Post(':gebied/:jaar/afrekening')
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('jaar') typed: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const known = await this.words.find(visitor, area, typed)
    const { extra = '', reden = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.page.show(lang, visitor, known, { refused })
    return answerForm(
      body,
      again,
      async () => {
        const cents = extra.trim() === '' ? 0n : tryParseCents(extra)
        if (cents === null) throw RuleViolated.of('districtAccounts.extraMalformed', {}, 'extra')
        await this.settlements.propose(visitor, area, known.year, { cents, reason: reden })
        return seeOther(pathOf(known))
      },
      'extra',
    )
  }

  /** Confirms a settlement as the second person. A repeat changes nothing. */
  @Post('afrekeningen/:id/bevestiging')
  async confirm(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    const { area, year } = await this.confirming.confirm(visitor, id)
    return seeOther(`/wijkadministratie/${area}/${year}`)
  }
}
