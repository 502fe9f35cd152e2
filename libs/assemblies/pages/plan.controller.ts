import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { z } from 'zod'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  Ids,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  requiredText,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { AssemblyPlan } from '../convocation/assembly-plan.service.js'
import { AssemblyPlanners } from '../convocation/assembly-planners.service.js'
import { AssemblyRequests } from '../convocation/assembly-requests.service.js'
import { Convocations } from '../convocation/convocation.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { AssemblyRow } from '../store/entities.js'
import { FindingTexts } from './finding-texts.js'
import { textsOf } from './page-text.js'
import { planFields, readMove, readPlan } from './plan-form.js'

const VIEWS = 'libs/assemblies/pages/views'

/** Planning an assembly; after its convocation postponing or cancelling it. */
@Controller('alv')
export class PlanController {
  constructor(
    @Inject(AssemblyPlan) private readonly plan: AssemblyPlan,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
    @Inject(AssemblyRequests) private readonly requests: AssemblyRequests,
    @Inject(Convocations) private readonly convocations: Convocations,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(FindingTexts) private readonly findings: FindingTexts,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** `?verzoek=` plans the assembly that members asked for. */
  @Get('nieuw')
  async blank(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Query('verzoek') asked?: unknown,
  ): Promise<Page | SeeOther> {
    const request = isId(asked) ? await this.requests.find(asked) : null
    if (!(await this.planners.may(visitor, request?.id ?? null))) return seeOther('/alv/verzoeken')
    const typed = {
      soort: request ? 'extraordinary' : 'ordinary',
      titel: request?.subject ?? '',
      verzoek: request?.id ?? '',
      vergadering: this.ids.next(),
    }
    return this.form(lang, null, typed, [])
  }

  /** Plans the assembly. A repeat goes to the one that is there. */
  @Post()
  async create(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const read = readPlan(body)
    if (!read.ok)
      return this.form(
        lang,
        null,
        { ...typed, vergadering: idFrom(typed.vergadering, this.ids) },
        read.errors,
      )
    const requestId = isId(typed.verzoek) ? typed.verzoek : null
    return this.attempt(
      (errors) => this.form(lang, null, typed, errors),
      async () =>
        `/alv/${await this.plan.plan(idFrom(typed.vergadering, this.ids), read.value, requestId, visitor)}/agenda`,
    )
  }

  @Get(':id/wijziging')
  async edit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(visitor, id)
    if (!assembly) return seeOther(`/alv/${id}`)
    return this.form(lang, assembly, planFields(assembly), [])
  }

  /** Changes the plan. A repeat records the same. */
  @Post(':id/wijziging')
  async change(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(visitor, id)
    if (!assembly) throw RuleViolated.of('assembly.notYours')
    const read = readPlan(body)
    if (!read.ok) return this.form(lang, assembly, read.typed, read.errors)
    return this.attempt(
      (errors) => this.form(lang, assembly, typedFields(body), errors),
      async () => {
        await this.plan.change(id, read.value, visitor)
        return `/alv/${id}/agenda`
      },
    )
  }

  /** Moves a convened assembly and tells who was convened. A repeat changes nothing. */
  @Post(':id/uitstel')
  async postpone(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(visitor, id)
    if (!assembly) throw RuleViolated.of('assembly.notYours')
    const typed = typedFields(body)
    const read = readMove(body)
    if (!read.ok) return this.form(lang, assembly, typed, read.errors)
    const { reason, ...moved } = read.value
    const draft = await this.convocations.preview(assembly, { kind: 'postponement', moved, reason })
    const refusals = draft.findings.filter(({ weight }) => weight === 'refuse')
    if (refusals.length > 0) {
      const errors = refusals.map((finding) => ({
        path: 'dag',
        message: this.findings.sentence(lang, finding),
      }))
      return this.form(lang, assembly, typed, [], errors)
    }
    await this.convocations.postpone(id, sequenceFrom(typed), moved, reason, visitor)
    return seeOther(`/alv/${id}/oproeping`)
  }

  /** Cancels a convened assembly and tells who was convened. A repeat changes nothing. */
  @Post(':id/afgelasting')
  async cancel(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.find(visitor, id)
    if (!assembly) throw RuleViolated.of('assembly.notYours')
    const form = parseForm(z.object({ waarom: requiredText(2000) }), body)
    if (!form.ok)
      return this.form(lang, assembly, { ...planFields(assembly), ...form.typed }, [
        { code: 'form.required', path: 'waarom' },
      ])
    await this.convocations.cancel(id, sequenceFrom(typedFields(body)), form.value.waarom, visitor)
    return seeOther(`/alv/${id}/oproeping`)
  }

  private async form(
    lang: Language,
    assembly: AssemblyRow | null,
    typed: Record<string, string>,
    violations: readonly Violation[],
    others: { path: string; message: string }[] = [],
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const convened = Boolean(assembly?.convenedOn)
    const errors = [...formErrors(this.messages, lang, violations), ...others]
    const title = text(`plan.${convened ? 'move' : assembly ? 'change' : 'new'}`)
    const sequence = assembly ? (await this.convocations.list(assembly.id)).length : 0
    const model = {
      title,
      lead: text(`plan.lead.${convened ? 'move' : 'plan'}`),
      action: assembly ? `/alv/${assembly.id}/wijziging` : '/alv',
      verb: text(`plan.${assembly ? 'changeVerb' : 'newVerb'}`),
      assembly,
      convened,
      sequence,
      typed,
      kinds: (['ordinary', 'extraordinary'] as const).map((value) => ({
        value,
        label: text(`kind.${value}`),
      })),
      errors: errors.length > 0 ? errors : null,
    }
    return page(`${VIEWS}/plan.hbs`, model, errors.length > 0 ? 422 : 200)
  }

  private async attempt(
    again: (errors: readonly Violation[]) => Promise<Page>,
    act: () => Promise<string>,
  ): Promise<Page | SeeOther> {
    try {
      return seeOther(await act())
    } catch (error) {
      if (error instanceof RuleViolated && error.violations.some(({ path }) => path))
        return again(error.violations)
      throw error
    }
  }

  /** @returns null when the visitor may not plan it; @throws NotFoundException */
  private async find(visitor: Visitor, id: string): Promise<AssemblyRow | null> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return (await this.planners.may(visitor, assembly.requestId)) ? assembly : null
  }
}

const idFrom = (typed: string | undefined, ids: Ids): string => (isId(typed) ? typed : ids.next())
const sequenceFrom = ({ volgnummer = '' }: Record<string, string>): number =>
  /^\d{1,4}$/.test(volgnummer) ? Number(volgnummer) : 0
