import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  answerForm,
  CurrentVisit,
  CurrentVisitor,
  isId,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
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
  show(@CurrentVisit() visit: Visit, @Param('id') id: string): Promise<Page> {
    return this.pages.show(visit, id)
  }

  /** Proposes what the line settles. A repeat (same request key) proposes nothing more. */
  @Post('voorstellen')
  async propose(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const line = await this.pages.find(id)
    return answerForm(
      body,
      (refused) => this.pages.show(visit, id, refused),
      async () => {
        const parts = readParts(typedFields(body), line.cents)
        await this.matching.propose(visit.visitor, id, parts, requestKeyOf(body, ''))
        return seeOther(linePath(id))
      },
      '',
    )
  }

  /** Proposes to set the line aside. A repeat (same request key) proposes nothing more. */
  @Post('terzijde')
  async aside(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    await this.pages.find(id)
    return answerForm(
      body,
      (refused) => this.pages.show(visit, id, refused),
      async () => {
        const { reden = '' } = typedFields(body)
        await this.matching.proposeAside(visit.visitor, id, reden, requestKeyOf(body, ''))
        return seeOther(linePath(id))
      },
      '',
    )
  }

  /** Confirms what another person proposed: everything is settled and booked. A repeat changes nothing. */
  @Post('voorstellen/:voorstel/bevestiging')
  async confirm(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return answerForm(
      body,
      (refused) => this.pages.show(visit, id, refused),
      () => this.done(id, this.matching.confirm(visit.visitor, known(proposal))),
      '',
    )
  }

  /** Refuses it, with the reason. A repeat changes nothing. */
  @Post('voorstellen/:voorstel/weigering')
  async refuse(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('voorstel') proposal: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { toelichting = '' } = typedFields(body)
    return answerForm(
      body,
      (refused) => this.pages.show(visit, id, refused),
      () => this.done(id, this.matching.refuse(visit.visitor, known(proposal), toelichting)),
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
