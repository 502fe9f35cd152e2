import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  clockTime,
  formErrors,
  isId,
  Lang,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Agenda } from '../convocation/agenda.service.js'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { StandIns } from '../hall/stand-ins.service.js'
import { AssemblyReading } from '../reading.service.js'
import { declaringOffice } from '../rules/conflict.js'
import { type StandInOffice, standInOffices } from '../rules/stand-in.js'
import type { AssemblyRow } from '../store/entities.js'
import { type Text, textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'

/** What a refused form shows again. */
interface Refused {
  typed: Record<string, string>
  error: RuleViolated
}

/** Who leads and records an assembly when the chair or the secretary can't, or may not. */
@Controller('alv/:id')
export class OfficersController {
  constructor(
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Agenda) private readonly agenda: Agenda,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
    @Inject(StandIns) private readonly standIns: StandIns,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('belangen')
  async interests(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.interestsPage(await this.assemblyOr404(id), visitor, lang)
  }

  /** Declares a conflict of interest. A repeat changes nothing. */
  @Post('belangen')
  async declare(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.assemblyOr404(id)
    const typed = typedFields(body)
    const { punt = '', reden = '' } = typed
    return this.orForm(
      async () => {
        if (!isId(punt)) throw RuleViolated.of('conflict.itemNeeded', {}, 'punt')
        await this.conflicts.declare(id, punt, reden, visitor)
        return seeOther(`/alv/${id}/belangen`)
      },
      (error) => this.interestsPage(assembly, visitor, lang, { typed, error }),
    )
  }

  @Get('waarneming')
  async standingIn(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.standInsPage(await this.assemblyOr404(id), visitor, lang)
  }

  /** Appoints who stands in, or with `einde` ends it. A repeat changes nothing. */
  @Post('waarneming')
  async appoint(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.assemblyOr404(id)
    const typed = typedFields(body)
    const { persoon = '', reden: reason = '', einde = '' } = typed
    const office = standInOffices.find((one) => one === (einde || typed.functie))
    return this.orForm(
      async () => {
        if (!office) throw RuleViolated.of('standIn.officeNeeded', {}, 'functie')
        if (!einde && !isId(persoon)) throw RuleViolated.of('standIn.unknownPerson', {}, 'persoon')
        await this.standIns.appoint(id, { office, personId: einde ? null : persoon, reason }, visitor)
        return seeOther(`/alv/${id}/waarneming`)
      },
      (error) => this.standInsPage(assembly, visitor, lang, { typed, error }),
    )
  }

  private async interestsPage(
    assembly: AssemblyRow,
    visitor: Visitor,
    lang: Language,
    refused?: Refused,
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const declared = await this.conflicts.declared({ assemblyId: assembly.id })
    const items = await this.agenda.items(assembly.id)
    const isOfficer = declaringOffice(visitor.roles.map(({ role }) => role)) !== null
    const model = {
      ...this.frame(text('conflict.title'), assembly, refused, lang),
      declared: declared.map((one) => ({
        label: itemLabel(text, one),
        value: text('conflict.by', { name: one.name, office: text(`office.${one.office}`) }),
        note: text('conflict.reasonShown', { reason: one.reason, time: clockTime(lang, one.declaredAt) }),
      })),
      mayVote: text(
        (await this.conflicts.mayVote(assembly.heldOn)) ? 'conflict.mayVote' : 'conflict.mayNotVote',
      ),
      form: isOfficer &&
        !assembly.endedAt && {
          action: `/alv/${assembly.id}/belangen`,
          items: items.map((item) => ({ value: item.id, label: itemLabel(text, item) })),
        },
    }
    return page(`${VIEWS}/conflicts.hbs`, model, refused ? 422 : 200)
  }

  private async standInsPage(
    assembly: AssemblyRow,
    visitor: Visitor,
    lang: Language,
    refused?: Refused,
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const current = await this.standIns.of(assembly.id)
    const mayAppoint = visitor.has('chair', 'secretary', 'director') && !assembly.endedAt
    const candidates = mayAppoint ? await this.standIns.candidates(assembly) : []
    const model = {
      ...this.frame(text('standIn.title'), assembly, refused, lang),
      current: current.map(({ office, name, reason, since }) => ({
        office,
        label: text(`standIn.office.${office}`),
        value: name,
        note: text('standIn.since', {
          time: clockTime(lang, since),
          day: longDay(lang, assembly.heldOn),
          reason,
        }),
        end: mayAppoint && text(`standIn.end.${office}`),
      })),
      form: mayAppoint && {
        action: `/alv/${assembly.id}/waarneming`,
        offices: standInOffices.map((office: StandInOffice) => ({
          value: office,
          label: text(`standIn.office.${office}`),
        })),
        people: candidates.map(({ id, name }) => ({ value: id, label: name })),
      },
    }
    return page(`${VIEWS}/stand-ins.hbs`, model, refused ? 422 : 200)
  }

  private frame(title: string, assembly: AssemblyRow, refused: Refused | undefined, lang: Language) {
    const errors = refused ? formErrors(this.messages, lang, refused.error.violations) : []
    return { title, assembly, errors, typed: refused?.typed ?? null }
  }

  /** Shows the form again when something in it has to be mended; other refusals are a page of their own. */
  private async orForm(
    act: () => Promise<SeeOther>,
    form: (error: RuleViolated) => Promise<Page>,
  ): Promise<Page | SeeOther> {
    try {
      return await act()
    } catch (error) {
      if (error instanceof RuleViolated && error.violations[0]?.path) return form(error)
      throw error
    }
  }

  private async assemblyOr404(id: string): Promise<AssemblyRow> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return assembly
  }
}

function itemLabel(text: Text, { position, title }: { position: number | null; title: string }): string {
  return position === null ? title : text('conflict.item', { position: String(position), title })
}
