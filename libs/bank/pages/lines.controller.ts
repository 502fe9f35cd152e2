import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  answerForm,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  SignedInFreshly,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Matching } from '../matching.service.js'
import { requestKeyOf } from './bank.controller.js'
import { linePath } from './bank-words.js'
import { LinePage } from './line-page.js'
import { readParts } from './parts-form.js'

/** One line: saying what it is for, and confirming what another person said. */
@Controller('bank/regels/:id')
export class LinesController {
  constructor(
    @Inject(LinePage) private readonly pages: LinePage,
    @Inject(Matching) private readonly matching: Matching,
  ) {}

  @Get()
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, id, fresh)
  }

  /** Proposes what the line settles. A repeat (same request key) proposes nothing more. */
  @Post('voorstellen')
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const line = await this.pages.find(id)
    return answerForm(
      body,
      (refused) => this.pages.show(lang, visitor, id, fresh, refused),
      async () => {
        const parts = readParts(typedFields(body), line.cents)
        await this.matching.propose(visitor, id, parts, requestKeyOf(body, ''))
        return seeOther(linePath(id))
      },
      '',
    )
  }

  /** Proposes to set the line aside. A repeat (same request key) proposes nothing more. */
  @Post('terzijde')
  async aside(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    await this.pages.find(id)
    return answerForm(
      body,
      (refused) => this.pages.show(lang, visitor, id, fresh, refused),
      async () => {
        await this.matching.proposeAside(visitor, id, typedFields(body).reden ?? '', requestKeyOf(body, ''))
        return seeOther(linePath(id))
      },
      '',
    )
  }

  /** Confirms what another person proposed: everything is settled and booked. A repeat changes nothing. */
  @Post('voorstellen/:voorstel/bevestiging')
  async confirm(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return answerForm(
      body,
      (refused) => this.pages.show(lang, visitor, id, fresh, refused),
      () => this.done(id, this.matching.confirm(visitor, known(proposal))),
      '',
    )
  }

  /** Refuses it, with the reason. A repeat changes nothing. */
  @Post('voorstellen/:voorstel/weigering')
  async refuse(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { toelichting = '' } = typedFields(body)
    return answerForm(
      body,
      (refused) => this.pages.show(lang, visitor, id, fresh, refused),
      () => this.done(id, this.matching.refuse(visitor, known(proposal), toelichting)),
      '',
    )
  }

  /** Takes the own proposal back. A repeat changes nothing. */
  @Post('voorstellen/:voorstel/intrekking')
  withdraw(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
  ): Promise<SeeOther> {
    return this.done(id, this.matching.withdraw(visitor, known(proposal)))
  }

  private async done(id: string, act: Promise<void>): Promise<SeeOther> {
    await act
    return seeOther(linePath(id))
  }
}

function known(id: string): string {
  if (!isId(id)) throw new NotFoundException()
  return id
}
