import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { Members } from '#members'
import {
  Clock,
  Lang,
  type Language,
  moment,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
} from '#platform'
import { type ObjectionKey, Objections } from '../objections.service.js'
import { isPersonal } from '../rules/fields.js'
import type { MemberChange } from '../store/change-records.js'
import { fieldNames } from '../words.js'
import { type Refused, Shown, violationsOf } from './shown.js'

/** "Dit klopt niet", behind the link of a notice: for whoever got it, signed in or not. */
@Controller('bezwaar/:sleutel')
export class ObjectionController {
  constructor(
    @Inject(Objections) private readonly objections: Objections,
    @Inject(Members) private readonly members: Members,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Lang() lang: Language, @Param('sleutel') key: string): Promise<Page> {
    return this.build(lang, key, await this.find(key))
  }

  /** Stops the change until the service team has looked. A repeat changes nothing. */
  @Post()
  async object(
    @Lang() lang: Language,
    @Param('sleutel') key: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const found = await this.find(key)
    const typed = typedFields(body)
    const reason = (typed.reden ?? '').trim()
    if (reason.length > 2000)
      return this.build(lang, key, found, { typed, violations: [{ code: 'form.tooLong', path: 'reden' }] })
    try {
      await this.objections.object(found, reason)
      return seeOther(`/bezwaar/${key}`)
    } catch (error) {
      return this.build(lang, key, await this.find(key), { typed, violations: violationsOf(error) })
    }
  }

  private async build(
    lang: Language,
    key: string,
    { change }: { change: MemberChange },
    refused?: Refused,
  ): Promise<Page> {
    const member = await this.members.find(change.memberId, this.clock.today())
    const reader = await this.shown.reader(lang, false)
    // The link may be passed on: who the contact is or becomes is no part of this page.
    const shownChanges = change.changes.filter(({ field }) => !isPersonal(field))
    const objected = change.events.find(({ type }) => type === 'objected')
    const text = (name: string, values?: object) => this.shown.words(lang, `objection.${name}`, values)
    const model = {
      title: text(objected ? 'stopped' : 'title'),
      memberName: member?.name ?? '',
      change,
      postTo: `/bezwaar/${key}`,
      what: fieldNames(this.shown.messages, lang, change.changes),
      proposedAt: moment(lang, change.proposedAt),
      stateText: this.shown.state(lang, change),
      asked: shownChanges.length > 0 ? this.shown.table(reader, shownChanges, 'was') : null,
      mayObject: !objected && change.state !== 'refused' && change.state !== 'withdrawn',
      done: change.state === 'carriedOut',
      objectedAt: objected?.at ?? null,
      next: objected ? text(`next.${change.state}`) : null,
      typed: refused?.typed ?? null,
      errors: this.shown.errors(lang, refused),
    }
    return page('libs/member-changes/pages/views/objection.hbs', model, refused ? 422 : 200)
  }

  private async find(key: string): Promise<ObjectionKey & { change: MemberChange }> {
    const found = await this.objections.read(key)
    if (!found) throw new NotFoundException()
    return found
  }
}
