import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
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
import { SecondAssemblies } from '../convocation/second-assemblies.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { PollInContext } from '../store/poll.store.js'
import { textsOf } from './page-text.js'
import { planFields, readMove } from './plan-form.js'
import { preHeading } from './poll-page.js'

/** Calling a second assembly after a quorum that failed. */
@Controller('stemmingen/:id/tweede-vergadering')
export class SecondAssemblyController {
  constructor(
    @Inject(SecondAssemblies) private readonly seconds: SecondAssemblies,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async ask(@Lang() lang: Language, @Param('id') id: string): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const standing = await this.seconds.standing(poll)
    if (!standing?.rule || standing.motionId) return seeOther(`/stemmingen/${id}`)
    const assembly = (await this.reading.assembly(poll.assemblyId))!
    return this.form(lang, poll, { ...planFields(assembly), dag: '', begin: '' }, [])
  }

  /** Calls it. A repeat goes to the assembly that is there. */
  @Post()
  async call(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const poll = await this.pollOr404(id)
    const typed = typedFields(body)
    const atPlanned = typed.bij === 'gepland'
    // The reason is known: it goes into the explanation of the motion.
    const read = readMove({ ...typed, reden: '-' })
    if (!atPlanned && !read.ok) return this.form(lang, poll, typed, read.errors)
    try {
      const assembly = await this.seconds.call(id, !atPlanned && read.ok ? planOf(read.value) : null, visitor)
      return seeOther(`/alv/${assembly}/agenda`)
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      return this.form(lang, poll, typed, error.violations)
    }
  }

  private async form(
    lang: Language,
    poll: PollInContext,
    typed: Record<string, string>,
    violations: readonly Violation[],
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const standing = await this.seconds.standing(poll)
    const { rule = null, until = null, planned = null } = standing ?? {}
    const model = {
      ...{ title: text('second.title'), poll, pre: preHeading(text, poll, lang), typed },
      why: rule && text('second.why', { article: rule.article, day: longDay(lang, until!) }),
      planned:
        planned && text('second.planned', { title: planned.title, day: longDay(lang, planned.heldOn) }),
      errors: formErrors(this.messages, lang, violations),
    }
    return page('libs/assemblies/pages/views/second-assembly.hbs', model, violations.length > 0 ? 422 : 200)
  }

  private async pollOr404(id: string): Promise<PollInContext> {
    const poll = isId(id) ? await this.reading.poll(id) : null
    if (!poll) throw new NotFoundException()
    return poll
  }
}

function planOf<T extends { reason: string }>({ reason, ...plan }: T): Omit<T, 'reason'> {
  return plan
}
