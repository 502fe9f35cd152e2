import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { fileReply } from '#files'
import { RuleViolated, type Violation } from '#kernel'
import { Members } from '#members'
import {
  CurrentVisitor,
  type Download,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { Hall } from '../hall/hall.service.js'
import { letterLimits, Proxies } from '../hall/proxies.service.js'
import { ProxyLetters } from '../hall/proxy-letters.service.js'
import { Electorate } from '../polls/electorate.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { AssemblyRow } from '../store/entities.js'
import { textsOf } from './page-text.js'
import { proxiesPage } from './proxies-page.js'

const VIEWS = 'libs/assemblies/pages/views'
const member = z.uuid('proxy.chooseMember')
const instruction = z.string().trim().max(1000, 'form.tooLong').default('')
const proxyForm = z.object({ lid: member, houder: member, instructie: instruction })

/** What was refused, to show the form again. */
interface Refused {
  typed: Record<string, string>
  violations: readonly (Violation & { field?: string })[]
}

/** Giving a proxy, answering one, and the hall's list of them. */
@Controller()
export class ProxiesController {
  constructor(
    @Inject(Proxies) private readonly proxies: Proxies,
    @Inject(ProxyLetters) private readonly letters: ProxyLetters,
    @Inject(Hall) private readonly hall: Hall,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('alv/:id/volmachten')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.page(lang, visitor, await this.assembly(id))
  }

  /** Asks another member to vote for an own one. A repeat changes nothing. */
  @Post('alv/:id/volmachten')
  async grant(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.assembly(id)
    const typed = typedFields(body)
    const form = parseForm(proxyForm, body)
    if (!form.ok) return this.page(lang, visitor, assembly, { typed, violations: form.errors as never })
    const { lid: principalId, houder: holderId, instructie } = form.value
    try {
      await this.proxies.grant(id, { principalId, holderId, instruction: instructie }, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.page(lang, visitor, assembly, { typed, violations: error.violations })
    }
    return seeOther(`/alv/${id}/volmachten#gegeven`)
  }

  @Get('alv/:id/volmachten/brief')
  async letterForm(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    return this.letterPage(lang, await this.assembly(id))
  }

  /** Enters a proxy by letter, with its scan. A repeat changes nothing. */
  @Post('alv/:id/volmachten/brief')
  @TakesFiles({ maxFileBytes: letterLimits.maxBytes, maxFormBytes: letterLimits.maxBytes, maxFiles: 1 })
  async enterLetter(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.assembly(id)
    const typed = typedFields(body)
    const form = parseForm(proxyForm, body)
    const [scan] = uploadsOf(body, 'scan')
    const missing = scan ? [] : [{ code: 'proxy.scanMissing', path: 'scan' }]
    if (!form.ok || !scan)
      return this.letterPage(lang, assembly, {
        typed,
        violations: [...((form.ok ? [] : form.errors) as never[]), ...missing],
      })
    const { lid: principalId, houder: holderId, instructie } = form.value
    try {
      await this.proxies.enterLetter(id, { principalId, holderId, instruction: instructie }, scan, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const violations = error.violations.map((one) =>
        one.code.startsWith('file.') ? { ...one, path: 'scan' } : one,
      )
      return this.letterPage(lang, assembly, { typed, violations })
    }
    return seeOther(`/alv/${id}/volmachten#zaal`)
  }

  /** A repeat changes nothing; nor does one of the three below. */
  @Post('volmachten/:id/aanvaarding')
  async accept(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    return this.act(id, (proxyId) => this.proxies.accept(proxyId, visitor), 'ontvangen')
  }

  @Post('volmachten/:id/weigering')
  async decline(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    return this.act(id, (proxyId) => this.proxies.decline(proxyId, visitor), 'ontvangen')
  }

  @Post('volmachten/:id/intrekking')
  async revoke(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    return this.act(id, (proxyId) => this.proxies.revoke(proxyId, visitor), 'gegeven')
  }

  @Post('volmachten/:id/teruggave')
  async giveBack(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    return this.act(id, (proxyId) => this.proxies.giveBack(proxyId, visitor), 'ontvangen')
  }

  /** The scan of a letter. */
  @Get('volmachten/:id/bestand')
  async scan(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Download> {
    const file = isId(id) ? await this.letters.of(id, visitor) : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  private async act(id: string, work: (id: string) => Promise<string>, anchor: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    return seeOther(`/alv/${await work(id)}/volmachten#${anchor}`)
  }

  private async page(
    lang: Language,
    visitor: Visitor,
    assembly: AssemblyRow,
    refused?: Refused,
  ): Promise<Page> {
    const sources = {
      hall: await this.hall.now(assembly),
      cap: await this.electorate.proxyCapOn(assembly.heldOn),
      names: new Map((await this.members.asOf(assembly.heldOn)).map(({ id, name }) => [id, name])),
      messages: this.messages,
    }
    const model = proxiesPage(sources, assembly, visitor, lang)
    return page(`${VIEWS}/proxies.hbs`, { ...model, ...this.shown(lang, refused) }, refused ? 422 : 200)
  }

  private async letterPage(lang: Language, assembly: AssemblyRow, refused?: Refused): Promise<Page> {
    const electors = await this.electorate.on(assembly.heldOn)
    const model = {
      title: textsOf(this.messages, lang)('proxy.letter.title'),
      assembly,
      members: electors.map(({ memberId, memberName }) => ({ value: memberId, label: memberName })),
      ...this.shown(lang, refused),
    }
    return page(`${VIEWS}/proxy-letter.hbs`, model, refused ? 422 : 200)
  }

  private shown(lang: Language, refused?: Refused) {
    if (!refused) return { errors: [] }
    return { errors: formErrors(this.messages, lang, refused.violations), typed: refused.typed }
  }

  private async assembly(id: string): Promise<AssemblyRow> {
    const assembly = await this.reading.assembly(id)
    if (!assembly) throw new NotFoundException()
    return assembly
  }
}
