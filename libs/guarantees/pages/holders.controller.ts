import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import type { z } from 'zod'
import {
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  type Page,
  parseForm,
  type SeeOther,
  SignedInFreshly,
  typedFields,
  type Visitor,
} from '#platform'
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
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @SignedInFreshly() fresh: boolean,
    @Query('per') day?: string,
    @Query('gedaan') done?: string,
  ): Promise<Page> {
    return this.pages.build(lang, visitor, memberId, { day, done, fresh })
  }

  /** The delegate lowers the guarantee, with the notice of the statutes. */
  @Post('verlagingen')
  decrease(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'verlaging' }
    return this.act({ lang, visitor, memberId, body, form: 'decrease', fields }, decreaseForm, (request) =>
      this.decreases.decrease(visitor, { memberId, ...request }),
    )
  }

  /** The cooperative decides to release the holder; the holder signs next. */
  @Post('ontslag')
  release(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'ontslag', document: 'ontslagBesluit', reden: 'ontslagReden' }
    return this.act(
      { lang, visitor, memberId, body, form: 'release', fields },
      releaseForm,
      async (request) => {
        await this.releases.decide(visitor, { memberId, ...request })
        return null
      },
    )
  }

  /** The controller records money that came in. */
  @Post('stortingen')
  payIn(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'storting', document: 'stortingDocument', dag: 'stortingDag' }
    return this.act({ lang, visitor, memberId, body, form: 'payIn', fields }, depositForm, (request) =>
      this.deposits.payIn(visitor, { memberId, ...request }),
    )
  }

  /** The cooperative decides to pay money back. */
  @Post('terugbetalingen')
  refund(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const fields = { bedrag: 'terug', document: 'terugBesluit' }
    return this.act({ lang, visitor, memberId, body, form: 'refund', fields }, refundForm, (request) =>
      this.deposits.refund(visitor, { memberId, ...request }),
    )
  }

  /** The holder signs the release. A repeat changes nothing. */
  @Post('ontslag/:id/handtekening')
  sign(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer({ lang, visitor, memberId, body, form: 'sign', fields: {} }, id, () =>
      this.releases.sign(visitor, id),
    )
  }

  /** The holder does not want the release. A repeat changes nothing. */
  @Post('ontslag/:id/weigering')
  decline(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { weigerReden = '' } = typedFields(body)
    const fields = { reden: 'weigerReden' }
    return this.answer({ lang, visitor, memberId, body, form: 'decline', fields }, id, () =>
      this.releases.decline(visitor, id, weigerReden),
    )
  }

  /** The cooperative takes its decision back, with the reason. A repeat changes nothing. */
  @Post('ontslag/:id/intrekking')
  takeBack(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('memberId') memberId: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { intrekReden = '' } = typedFields(body)
    const fields = { reden: 'intrekReden' }
    return this.answer({ lang, visitor, memberId, body, form: 'takeBack', fields }, id, () =>
      this.releases.withdraw(visitor, id, intrekReden),
    )
  }

  private async act<T>(asked: Asked, schema: z.ZodType<T>, work: (request: T) => Promise<string | null>) {
    const { lang, visitor, memberId, body, form, fields } = asked
    const again = (refused: Refused) => this.pages.build(lang, visitor, memberId, { fresh: true, refused })
    if (!isId(memberId)) throw new NotFoundException()
    const parsed = parseForm(schema, body)
    if (!parsed.ok) return again({ form, typed: parsed.typed, errors: readableErrors(parsed.errors) })
    return answerOneOf({ form, body, fields }, again, async () => {
      const done = await work(parsed.value)
      return `/garanties/leden/${memberId}${done ? `?gedaan=${done}` : ''}`
    })
  }

  private async answer(asked: Asked, id: string, work: () => Promise<void>): Promise<Page | SeeOther> {
    const { lang, visitor, memberId, body, form, fields } = asked
    const again = (refused: Refused) => this.pages.build(lang, visitor, memberId, { fresh: true, refused })
    if (!isId(memberId) || !isId(id)) throw new NotFoundException()
    return answerOneOf({ form, body, fields }, again, async () => {
      await work()
      return `/garanties/leden/${memberId}`
    })
  }
}

/** A form as it came in. */
interface Asked {
  lang: Language
  visitor: Visitor
  memberId: string
  body: unknown
  form: string
  /** Which field of the form each field of the rules is. */
  fields: Readonly<Record<string, string>>
}
