import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisit,
  CurrentVisitor,
  Download,
  isId,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
  type Visitor,
} from '#platform'
import { Approving } from '../approving.service.js'
import { Batches } from '../batches.service.js'
import { Ending } from '../ending.service.js'
import { PaymentFiles } from '../payment-files.service.js'
import { BatchPage } from './batch-page.js'
import { OverviewPage } from './overview-page.js'
import { ticked } from './ticked.js'

/** What is to be paid, and the batches: made, approved by two, offered to the bank. */
@Controller('betalingen')
export class BatchesController {
  constructor(
    @Inject(OverviewPage) private readonly overview: OverviewPage,
    @Inject(BatchPage) private readonly batchPage: BatchPage,
    @Inject(Batches) private readonly batches: Batches,
    @Inject(Approving) private readonly approving: Approving,
    @Inject(Ending) private readonly ending: Ending,
    @Inject(PaymentFiles) private readonly files: PaymentFiles,
  ) {}

  @Get()
  list(@CurrentVisit() visit: Visit): Promise<Page> {
    return this.overview.show(visit)
  }

  /** Makes a batch. A repeat of the form leads to the batch that was made first. */
  @Post()
  async make(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    const chosen = ticked(body, 'betalen').filter(isId)
    return answerForm(
      body,
      (refused) => this.overview.show(visit, { ...refused, chosen }),
      async () => {
        const { sleutel = '' } = typedFields(body)
        if (!isId(sleutel)) throw RuleViolated.of('form.invalid', {}, 'betalen')
        // A payable that came back stands in the form unticked: ticking it asks for the same account again.
        const request = { payableIds: chosen, sameAccountAgain: chosen, requestKey: sleutel }
        return seeOther(`/betalingen/${await this.batches.make(visit.visitor, request)}`)
      },
    )
  }

  @Get(':naam')
  show(@CurrentVisit() visit: Visit, @Param('naam') name: string): Promise<Page> {
    return this.batchPage.show(visit, name)
  }

  /** Approves what was on the screen. A repeat by the same person changes nothing. */
  @Post(':naam/goedkeuring')
  async approve(
    @CurrentVisit() { visitor, fresh }: Visit,
    @Param('naam') name: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { vingerafdruk: sha256 = '' } = typedFields(body)
    await this.approving.approve(visitor, name, { sha256, fresh })
    return seeOther(`/betalingen/${name}`)
  }

  /** Withdraws or rejects a batch that was not approved twice. A repeat changes nothing. */
  @Post(':naam/intrekking')
  async end(
    @CurrentVisit() visit: Visit,
    @Param('naam') name: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { reden = '' } = typedFields(body)
    return answerForm(
      body,
      (refused) => this.batchPage.show(visit, name, refused),
      async () => {
        await this.ending.end(visit.visitor, name, reden)
        return seeOther(`/betalingen/${name}`)
      },
    )
  }

  /** The payment file; each time it is fetched is recorded. */
  @Get(':naam/betaalbestand.xml')
  async file(@CurrentVisitor() visitor: Visitor, @Param('naam') name: string): Promise<Download> {
    const { fileName, content } = await this.files.fetch(visitor, name)
    return new Download(fileName, 'application/xml; charset=utf-8', content)
  }

  /** Records which payments are not carried out. A repeat changes nothing. */
  @Post(':naam/weigering')
  async refuse(
    @CurrentVisit() visit: Visit,
    @Param('naam') name: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { redenWeigering = '' } = typedFields(body)
    const refused = { endToEndIds: ticked(body, 'weigeren'), reason: redenWeigering }
    return answerForm(
      body,
      (wrong) => this.batchPage.show(visit, name, wrong),
      async () => {
        await this.ending.refusedByBank(visit.visitor, name, refused)
        return seeOther(`/betalingen/${name}`)
      },
    )
  }
}
