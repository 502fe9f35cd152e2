import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type FieldError,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  parseForm,
  requiredText,
  type SeeOther,
  seeOther,
} from '#platform'
import { Applying } from '../applying.service.js'
import { ResumeLinks } from '../resume-links.js'
import { isEmail } from '../rules/application-content.js'

const startForm = z.object({
  naam: requiredText(200),
  email: z.string({ error: 'form.required' }).trim().refine(isEmail, 'admission.wrong.contactEmail'),
  formulier: z.string({ error: 'admission.staleForm' }),
  /** Hidden from people: only a program fills it in. */
  website: z.string().max(0, 'admission.looksAutomated').optional(),
})

/** The public door: what it takes to become a member, and the first two fields. */
@Controller('aanmelden')
export class ApplyController {
  constructor(
    @Inject(Applying) private readonly applying: Applying,
    @Inject(ResumeLinks) private readonly links: ResumeLinks,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  show(@Lang() lang: Language): Promise<Page> {
    return this.startPage(lang, {})
  }

  /**
   * Starts an application and mails the link to go on. Safe to repeat: the form carries the id of the
   * application to be. Programs are kept out by a field that people don't see, by the time that filling in
   * takes, and by a limit per client and address.
   */
  @Post()
  async start(
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(startForm, body)
    if (!form.ok) return this.startPage(lang, form.typed, form.errors.map(readable), 422)
    const { naam, email, formulier } = form.value
    const token = await this.links.readFormToken(formulier)
    if ('refusal' in token) {
      return this.startPage(lang, { naam, email }, [{ field: '', code: token.refusal }], 422)
    }
    if (!(await this.applying.start(token.id, { name: naam, email }, request.ip))) {
      return this.startPage(lang, { naam, email }, [{ field: '', code: 'admission.tooOften' }], 429)
    }
    return seeOther(`/aanmelden/${await this.links.keyOf(token.id)}/organisatie?begonnen=1`)
  }

  private async startPage(
    lang: Language,
    typed: Record<string, string>,
    errors: FieldError[] = [],
    status = 200,
  ): Promise<Page> {
    return page(
      'libs/admissions/pages/views/start.hbs',
      {
        title: this.messages.text(lang, 'admissions.start.title'),
        typed,
        errors: formErrors(this.messages, lang, errors),
        token: await this.links.newFormToken(),
      },
      status,
    )
  }
}

/** The hidden fields concern the form as a whole. */
function readable(error: FieldError): FieldError {
  if (error.field === 'website') return { field: '', code: 'admission.looksAutomated' }
  if (error.field === 'formulier') return { field: '', code: 'admission.staleForm' }
  if (error.field === 'naam' && error.code === 'form.required')
    return { ...error, code: 'admission.missing.naam' }
  if (error.field === 'email' && error.code === 'form.required')
    return { ...error, code: 'admission.missing.contactEmail' }
  return error
}
