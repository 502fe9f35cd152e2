import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import {
  Clock,
  CurrentVisitor,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Adjournments } from '../convocation/adjournments.service.js'
import { AssemblyReading } from '../reading.service.js'
import { assemblyPhase } from '../rules/assembly-phase.js'
import type { AssemblyRow } from '../store/entities.js'
import { textsOf } from './page-text.js'
import { planFields, readMove } from './plan-form.js'

/** The chair adjourns an assembly until another moment. */
@Controller('alv/:id/schorsing')
export class AdjournmentController {
  constructor(
    @Inject(Adjournments) private readonly adjournments: Adjournments,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async ask(@Lang() lang: Language, @Param('id') id: string): Promise<Page | SeeOther> {
    const assembly = await this.assemblyOr404(id)
    if (assemblyPhase(assembly, this.clock.now()) !== 'running') return seeOther(`/alv/${id}`)
    return this.form(lang, assembly, { ...planFields(assembly), begin: '' }, [])
  }

  /** Adjourns, and tells everyone when it goes on. A repeat changes nothing. */
  @Post()
  async adjourn(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.assemblyOr404(id)
    const typed = typedFields(body)
    const read = readMove(body)
    if (!read.ok) return this.form(lang, assembly, typed, read.errors)
    const sequence = /^\d{1,4}$/.test(typed.volgnummer ?? '') ? Number(typed.volgnummer) : 0
    try {
      await this.adjournments.adjourn(id, sequence, read.value, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      return this.form(lang, assembly, typed, error.violations)
    }
    return seeOther(`/alv/${id}`)
  }

  private async form(
    lang: Language,
    assembly: AssemblyRow,
    typed: Record<string, string>,
    violations: readonly Violation[],
  ): Promise<Page> {
    const model = {
      ...{ title: textsOf(this.messages, lang)('adjournment.title'), assembly, typed },
      sequence: (await this.adjournments.list(assembly.id)).length,
      errors: formErrors(this.messages, lang, violations),
    }
    return page('libs/assemblies/pages/views/adjournment.hbs', model, violations.length > 0 ? 422 : 200)
  }

  private async assemblyOr404(id: string): Promise<AssemblyRow> {
    const assembly = isId(id) ? await this.reading.assembly(id) : null
    if (!assembly) throw new NotFoundException()
    return assembly
  }
}
