import { Body, Controller, Get, Inject, NotFoundException, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { People } from '#identity'
import { isDay } from '#kernel'
import { Members } from '#members'
import {
  Clock,
  formErrors,
  isOwnPath,
  Lang,
  type Language,
  Messages,
  markSignedIn,
  type Page,
  page,
  parseForm,
  type SeeOther,
  seeOther,
} from '#platform'
import { suggestPeople } from './suggest-people.js'

/** Far enough for any demonstration, and well within what calendars and PostgreSQL can write. */
const [EARLIEST, LATEST] = ['1900-01-01', '2199-12-31']

const clockForm = z.object({
  day: z.string().refine((text) => isDay(text) && text >= EARLIEST && text <= LATEST, 'demo.day'),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'demo.time'),
})

@Controller('demo')
export class DemoController {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  show(@Lang() lang: Language): Page {
    return this.clockPage(lang, currentTime(this.clock.now()))
  }

  /** Puts the cooperative's clock at an instant. A repeat puts it there again. */
  @Post('klok')
  async moveClock(@Lang() lang: Language, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = parseForm(clockForm, body)
    if (!form.ok) return this.clockPage(lang, form.typed, formErrors(this.messages, lang, form.errors))
    await this.clock.moveTo(inAmsterdam(form.value.day, form.value.time))
    return seeOther('/demo')
  }

  @Get('mensen')
  async peoplePage(@Lang() lang: Language): Promise<Page> {
    const members = await this.members.asOf(this.clock.today())
    return page('apps/web/views/demo-people.hbs', {
      title: this.messages.text(lang, 'web.demo.people'),
      offices: suggestPeople(this.messages)(lang),
      delegates: members.map(({ number, name }) => ({ email: `lid-${number}@example.org`, text: name })),
    })
  }

  /** Signs in as one of the demo people, without a mail. */
  @Post('inloggen')
  async signIn(
    @Req() request: FastifyRequest,
    @Body() body: { email?: unknown; goingTo?: unknown },
  ): Promise<SeeOther> {
    const person = await this.people.withAddress(String(body?.email ?? ''))
    const visitor = person && (await this.people.visitor(person.id))
    if (!visitor) throw new NotFoundException()
    await request.logIn(visitor as never)
    markSignedIn(request, new Date())
    return seeOther(isOwnPath(body?.goingTo) ? body.goingTo : '/mijn')
  }

  private clockPage(lang: Language, typed: Record<string, string>, errors: object[] = []): Page {
    return page(
      'apps/web/views/demo.hbs',
      { title: this.messages.text(lang, 'web.demo.title'), typed, errors, now: this.clock.now() },
      errors.length ? 422 : 200,
    )
  }
}

const amsterdam = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'short',
})

function currentTime(instant: Date): Record<string, string> {
  const [day = '', time = ''] = amsterdam.format(instant).split(' ')
  return { day, time }
}

/** The instant at which Amsterdam's clocks show this day and time (the earlier one when they show it twice). */
export function inAmsterdam(day: string, time: string): Date {
  const wanted = `${day} ${time}`
  for (const offset of ['+02:00', '+01:00']) {
    const instant = new Date(`${day}T${time}:00${offset}`)
    if (amsterdam.format(instant) === wanted) return instant
  }
  return new Date(`${day}T${time}:00+01:00`)
}
