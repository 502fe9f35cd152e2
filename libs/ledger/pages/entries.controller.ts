import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import {
  Audit,
  answerForm,
  CurrentVisitor,
  Database,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Ledger } from '../ledger.service.js'
import { LedgerSealer } from '../ledger-sealer.service.js'
import { EntryPages } from './entry-pages.js'
import { LedgerWords } from './ledger-words.js'
import { readManualEntry } from './manual-entry.js'

/** Entries: reading, booking by hand, undoing. */
@Controller('grootboek/boekingen')
export class EntriesController {
  constructor(
    @Inject(EntryPages) private readonly pages: EntryPages,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LedgerSealer) private readonly sealer: LedgerSealer,
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get()
  list(@Lang() lang: Language, @Query('jaar') year?: string, @Query('pagina') page?: string): Promise<Page> {
    return this.pages.list(lang, year, page)
  }

  @Get('nieuw')
  form(@Lang() lang: Language): Promise<Page> {
    return this.pages.form(lang)
  }

  /**
   * Books what was typed; or, when that was asked, only adds it up or shows more lines. A repeat (same request key)
   * leads to the entry that was booked first.
   */
  @Post()
  async book(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    if (typed.actie === 'regels' || typed.actie === 'optellen') return this.pages.form(lang, typed)
    const again = (refused: RefusedForm) => this.pages.form(lang, typed, refused)
    return answerForm(
      body,
      again,
      async () => {
        const members = new Map([...(await this.words.memberNames())].map(([id, { number }]) => [number, id]))
        const entry = readManualEntry(
          typed,
          { projects: await this.words.projects(lang), members },
          visitor.personId,
        )
        const { entryId } = await this.database.transaction(async (tx) => {
          const booked = await this.ledger.post(tx, entry)
          if (booked.posted) {
            await this.audit.record(tx, {
              actorId: visitor.personId,
              action: 'ledger.entryBooked',
              subject: { kind: 'journalEntry', id: booked.entryId },
              details: { onDay: entry.onDay, document: entry.document },
            })
          }
          return booked
        })
        await this.sealer.seal()
        return seeOther(`/grootboek/boekingen/${entryId}?geboekt=ja`)
      },
      'rekening.1',
    )
  }

  @Get(':id')
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Query('geboekt') justBooked?: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, id, { justBooked: justBooked === 'ja' })
  }

  /** Undoes an entry. A repeat leads to the reversal that was booked first. */
  @Post(':id/tegenboeking')
  async reverse(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { id: entryId } = await this.pages.find(id)
    const reason = (typedFields(body).reden ?? '').slice(0, 200)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, entryId, { refused })
    return answerForm(body, again, async () => {
      const reversal = await this.database.transaction(async (tx) => {
        const booked = await this.ledger.reverse(tx, entryId, reason, visitor.personId)
        if (booked.posted) {
          await this.audit.record(tx, {
            actorId: visitor.personId,
            action: 'ledger.entryReversed',
            subject: { kind: 'journalEntry', id: entryId },
            details: { reversal: booked.entryId },
          })
        }
        return booked
      })
      await this.sealer.seal()
      return seeOther(`/grootboek/boekingen/${reversal.entryId}?geboekt=ja`)
    })
  }
}
