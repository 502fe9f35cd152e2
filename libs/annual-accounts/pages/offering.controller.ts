import { Body, Controller, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  thenTo,
  typedFields,
  type Visitor,
} from '#platform'
import { AccountsOffering } from '../offering.service.js'
import { AccountsRecording } from '../recording.service.js'
import { AccountsPages } from './accounts-pages.js'

/** Putting the accounts to an assembly, and more time that one gave. */
@Controller('jaarrekening/:jaar')
export class OfferingController {
  constructor(
    @Inject(AccountsPages) private readonly pages: AccountsPages,
    @Inject(AccountsOffering) private readonly offering: AccountsOffering,
    @Inject(AccountsRecording) private readonly recording: AccountsRecording,
  ) {}

  /** Puts adoption and discharge on an agenda. A repeat finds them there. */
  @Post('aanbieden')
  offer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer(lang, visitor, year, body, (number) =>
      this.offering.offer(number, assemblyOf(body), visitor),
    )
  }

  /** Puts the discharge on an agenda by itself, after adoption. A repeat finds it there. */
  @Post('decharge')
  offerDischarge(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    return this.answer(lang, visitor, year, body, (number) =>
      this.offering.offerDischarge(number, assemblyOf(body), visitor),
    )
  }

  /** Takes both from the agenda before the vote. A repeat changes nothing. */
  @Post('terugname')
  async takeBack(@CurrentVisitor() visitor: Visitor, @Param('jaar') year: string): Promise<SeeOther> {
    const known = await this.pages.find(year)
    await this.offering.takeBack(known.year, visitor)
    return seeOther(`/jaarrekening/${year}`)
  }

  /** Records that an assembly gave more time. The same again changes nothing. */
  @Post('uitstel')
  extend(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { maanden = '', besluit = '' } = typedFields(body)
    return this.answer(lang, visitor, year, body, (number) =>
      this.recording.extend(number, /^[1-9]$/.test(maanden) ? Number(maanden) : 0, besluit, visitor),
    )
  }

  private async answer(
    lang: Language,
    visitor: Visitor,
    year: string,
    body: unknown,
    work: (year: number) => Promise<void>,
  ): Promise<Page | SeeOther> {
    const known = await this.pages.find(year)
    const again = (refused: Parameters<AccountsPages['show']>[3]) =>
      this.pages.show(lang, visitor, known, refused)
    return answerForm(
      body,
      again,
      thenTo(`/jaarrekening/${year}`, () => work(known.year)),
    )
  }
}

function assemblyOf(body: unknown): string {
  const { vergadering } = typedFields(body)
  if (!isId(vergadering)) throw RuleViolated.of('accounts.chooseAssembly', {}, 'vergadering')
  return vergadering
}
