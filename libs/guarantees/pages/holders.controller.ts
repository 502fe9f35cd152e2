import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import type { z } from 'zod'
import { CurrentVisit, isId, type Page, parseForm, type SeeOther, typedFields, type Visit } from '#platform'
import { Decreases } from '../decreases.service.js'
import { Deposits } from '../deposits.service.js'
import { Releases } from '../releases.service.js'
import { decreaseForm, depositForm, refundForm, releaseForm } from './holder-forms.js'
import { HolderPage } from './holder-page.js'
import { readableErrors } from './offer-form.js'
import { answerOneOf, type Refused } from './refused.js'

/** The page of a holder, with what its delegate and the officers do there. Each form carries a key: a second click is a repeat. */
@Controller('garanties/leden/:memberId')
export class HoldersController {
  constructor(
    @Inject(HolderPage) private readonly pages: HolderPage,
    @Inject(Decreases) private readonly decreases: Decreases,
    @Inject(Releases) private readonly releases: Releases,
    @Inject(Deposits) private readonly deposits: Deposits,
  ) {}

  /** `?per=2019-12-31` for the balances on another day; `?gedaan=` says what was just recorded. */
  @Get()
  show(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Query('per') day?: string,
    @Query('gedaan') done?: string,
  ): Promise<Page> {
    return this.pages.build(visit, memberId, { day, done })
  }

  /** The delegate lowers the guarantee, with the notice of the statutes. */
  @Post('verlagingen')
  decrease(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'verlaging' }
    return this.act({ visit, memberId, body, form: 'decrease', fields }, decreaseForm, (request) =>
      this.decreases.decrease(visit.visitor, { memberId, ...request }),
    )
  }

  /** The cooperative decides to release the holder; the holder signs next. */
  @Post('ontslag')
  release(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'ontslag', document: 'ontslagBesluit', reden: 'ontslagReden' }
    return this.act({ visit, memberId, body, form: 'release', fields }, releaseForm, async (request) => {
      await this.releases.decide(visit.visitor, { memberId, ...request })
      return null
    })
  }

  /** The controller records money that came in. */
  @Post('stortingen')
  payIn(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'storting', document: 'stortingDocument', dag: 'stortingDag' }
    return this.act({ visit, memberId, body, form: 'payIn', fields }, depositForm, (request) =>
      this.deposits.payIn(visit.visitor, { memberId, ...request }),
    )
  }

  /** The cooperative decides to pay money back. */
  @Post('terugbetalingen')
  refund(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'terug', document: 'terugBesluit' }
    return this.act({ visit, memberId, body, form: 'refund', fields }, refundForm, (request) =>
      this.deposits.refund(visit.visitor, { memberId, ...request }),
    )
  }

  /** The holder signs the release. A repeat changes nothing. */
  @Post('ontslag/:id/handtekening')
  sign(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer({ visit, memberId, body, form: 'sign', fields: {} }, id, () =>
      this.releases.sign(visit.visitor, id),
    )
  }

  /** The holder does not want the release. A repeat changes nothing. */
  @Post('ontslag/:id/weigering')
  decline(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { weigerReden = '' } = typedFields(body)
    const fields = { reden: 'weigerReden' }
    return this.answer({ visit, memberId, body, form: 'decline', fields }, id, () =>
      this.releases.decline(visit.visitor, id, weigerReden),
    )
  }

  /** The cooperative takes its decision back, with the reason. A repeat changes nothing. */
  @Post('ontslag/:id/intrekking')
  takeBack(
    @CurrentVisit() visit: Visit,
    @Param('memberId') memberId: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { intrekReden = '' } = typedFields(body)
    const fields = { reden: 'intrekReden' }
    return this.answer({ visit, memberId, body, form: 'takeBack', fields }, id, () =>
      this.releases.withdraw(visit.visitor, id, intrekReden),
    )
  }

  private async act<T>(asked: Asked, schema: z.ZodType<T>, work: (request: T) => Promise<string | null>) {
    const { visit, memberId, body, form, fields } = asked
    const again = (refused: Refused) => this.pages.build(visit, memberId, { refused })
    if (!isId(memberId)) throw new NotFoundException()
    const parsed = parseForm(schema, body)
    if (!parsed.ok) return again({ form, typed: parsed.typed, errors: readableErrors(parsed.errors) })
    return answerOneOf({ form, body, fields }, again, async () => {
      const done = await work(parsed.value)
      return `/garanties/leden/${memberId}${done ? `?gedaan=${done}` : ''}`
    })
  }

  private async answer(asked: Asked, id: string, work: () => Promise<void>): Promise<Page | SeeOther> {
    const { visit, memberId, body, form, fields } = asked
    const again = (refused: Refused) => this.pages.build(visit, memberId, { refused })
    if (!isId(memberId) || !isId(id)) throw new NotFoundException()
    return answerOneOf({ form, body, fields }, again, async () => {
      await work()
      return `/garanties/leden/${memberId}`
    })
  }
}

/** A form as it came in. */
interface Asked {
  visit: Visit
  memberId: string
  body: unknown
  form: string
  /** Which field of the form each field of the rules is. */
  fields: Readonly<Record<string, string>>
}
