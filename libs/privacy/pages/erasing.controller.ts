import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { People } from '#identity'
import { formatCents } from '#kernel'
import { Members } from '#members'
import {
  CurrentVisitor,
  formErrors,
  Lang,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  parseForm,
  type SeeOther,
  type ShownError,
  seeOther,
  type Visitor,
} from '#platform'
import { Erasing, type ErasurePlan } from '../erasing.service.js'
import { momentInWords } from '../member-file-shown.js'
import type { Obstacle } from '../rules/erasure.js'
import { memberNumbered } from './find-member.js'

const agreed = z.object({ akkoord: z.literal('ja', { error: 'privacy.agreeFirst' }) })

/** Erasing the people of a former member, after seeing what goes and what stays. */
@Controller()
export class ErasingController {
  constructor(
    @Inject(Erasing) private readonly erasing: Erasing,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('leden/:nummer/anonimiseren')
  async show(@Lang() lang: Language, @Param('nummer') typed: string): Promise<Page> {
    return this.page(lang, await memberNumbered(this.members, typed))
  }

  /** Safe to repeat: what was erased is shown. */
  @Post('leden/:nummer/anonimiseren')
  async erase(
    @CurrentVisitor() visitor: Visitor,
    @Lang() lang: Language,
    @Param('nummer') typed: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const memberId = await memberNumbered(this.members, typed)
    const form = parseForm(agreed, body)
    if (!form.ok)
      return this.page(
        lang,
        memberId,
        formErrors(this.messages, lang, [{ field: 'akkoord', code: 'privacy.agreeFirst' }]),
      )
    await this.erasing.erase(visitor, memberId)
    return seeOther(`/leden/${typed}/anonimiseren`)
  }

  private async page(lang: Language, memberId: string, errors: ShownError[] = []): Promise<Page> {
    const plan = await this.erasing.plan(memberId)
    const text = (key: string, values: object = {}) =>
      this.messages.text(lang, `privacy.erase.${key}`, { ...values })
    return page(
      'libs/privacy/pages/views/erasing.hbs',
      {
        title: text('title', { name: plan.member.name }),
        member: plan.member,
        done: plan.done && (await this.done(plan, lang)),
        obstacles: plan.obstacles.map((one) => this.obstacle(one, lang)),
        goes: this.goes(plan, lang),
        stays: this.stays(plan, lang),
        ...(errors.length > 0 ? { errors } : {}),
      },
      errors.length > 0 ? 422 : 200,
    )
  }

  private async done({ done }: ErasurePlan, lang: Language) {
    const { erasedBy, erasedAt, people } = done!
    const who = (await this.people.named([erasedBy])).get(erasedBy)?.name ?? '?'
    const values = { day: momentInWords(erasedAt, lang), who, people }
    return { at: erasedAt, text: this.messages.text(lang, 'privacy.erase.done', values) }
  }

  private obstacle({ code, possibleOn, params }: Obstacle, lang: Language) {
    const text = (key: string, values: object = {}) =>
      this.messages.text(lang, `privacy.erase.${key}`, { ...values })
    const shown = Object.entries(params).map(([name, value]) => {
      if (/^\d{4}-/.test(value)) return [name, longDay(lang, value)]
      return [name, /^-?\d+$/.test(value) ? formatCents(BigInt(value)) : value]
    })
    return {
      label: text(`obstacles.${code}`, Object.fromEntries(shown)),
      value: possibleOn
        ? text('possibleOn', { day: longDay(lang, possibleOn) })
        : text(`possibleWhen.${code}`),
    }
  }

  private goes({ people, details, standing }: ErasurePlan, lang: Language) {
    const text = (key: string) => this.messages.text(lang, `privacy.erase.goes.${key}`)
    const persons = people
      .filter(({ keptFor }) => keptFor.length === 0)
      .map(({ name, email }) => ({ label: name, value: email, note: text('person') }))
    const contact = [details?.contactName, details?.contactEmail, details?.contactPhone]
      .filter(Boolean)
      .join(', ')
    const address = details && [details.street, details.postalCode, details.city].filter(Boolean).join(', ')
    return [
      ...persons,
      ...(contact ? [{ label: text('contact'), value: contact }] : []),
      ...(standing.isSoleTrader && details
        ? [
            { label: text('organisation'), value: details.name },
            { label: text('address'), value: [address, details.iban].filter(Boolean).join(', ') || '–' },
          ]
        : []),
      { label: text('application'), value: text('applicationValue') },
      { label: text('notices'), value: text('noticesValue') },
      { label: text('texts'), value: text('textsValue') },
    ]
  }

  private stays({ people, member, standing }: ErasurePlan, lang: Language) {
    const text = (key: string, values: object = {}) =>
      this.messages.text(lang, `privacy.erase.stays.${key}`, { ...values })
    const roles = (held: readonly string[]) =>
      new Intl.ListFormat(lang).format(held.map((role) => this.messages.text(lang, `identity.roles.${role}`)))
    return [
      ...people
        .filter(({ keptFor }) => keptFor.length > 0)
        .map(({ name, keptFor }) => ({ label: name, value: text('person', { roles: roles(keptFor) }) })),
      ...(standing.isSoleTrader ? [] : [{ label: member.name, value: text('organisation') }]),
      { label: text('register'), value: text('registerValue') },
      { label: text('books'), value: text('booksValue') },
      { label: text('votes'), value: text('votesValue') },
    ]
  }
}
