import { Body, Controller, Get, Inject, Optional, Param, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  CurrentVisitor,
  FRESH_MINUTES,
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
  type Visitor,
} from '#platform'
import { PASSPORT, type Passport, SIGN_IN_SUGGESTIONS, type SignInSuggestions } from '../passport.js'
import { VALID_MINUTES } from '../rules/sign-in.js'
import { SignIn } from '../sign-in.service.js'
import { ONE_TIME } from './one-time.strategy.js'

const VIEWS = 'libs/identity/pages/views'
const AFTER_SIGN_IN = 'na_inloggen'
const addressForm = z.object({
  email: z.string().trim().max(254, 'signIn.address').pipe(z.email('signIn.address')),
})

/** Kept in a cookie until the sign-in. */
function rememberWhereTo(reply: FastifyReply, goingTo: string | undefined): void {
  if (!isOwnPath(goingTo)) return
  reply.setCookie(AFTER_SIGN_IN, goingTo, {
    path: '/inloggen',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 3600,
  })
}

@Controller('inloggen')
export class SignInController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(PASSPORT) private readonly passport: Passport,
    @Optional() @Inject(SIGN_IN_SUGGESTIONS) private readonly suggestions: SignInSuggestions | null,
  ) {}

  /** `?naar=` is where the visitor was going; it is kept in a cookie until the sign-in. */
  @Get()
  ask(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor | null,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('naar') goingTo?: string,
  ): Page | SeeOther {
    if (visitor) return seeOther(isOwnPath(goingTo) ? goingTo : '/mijn')
    rememberWhereTo(reply, goingTo)
    return this.askPage(lang, {})
  }

  /** Step-up: who is signed in for longer proves once more who they are, before what binds an organisation. */
  @Get('opnieuw')
  askAgain(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('naar') goingTo?: string,
  ): Page {
    rememberWhereTo(reply, goingTo)
    return this.againPage(lang, visitor, isOwnPath(goingTo) ? goingTo : '/mijn')
  }

  /** Mails the code to the visitor's own address. Safe to repeat: each time a new code, until the limit. */
  @Post('opnieuw')
  async requestAgain(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Req() request: FastifyRequest,
  ): Promise<Page | SeeOther> {
    const id = await this.signIn.request(visitor.email, request.ip)
    if (id) return seeOther(`/inloggen/code?verzoek=${id}`)
    const goingTo = request.cookies[AFTER_SIGN_IN]
    return this.againPage(lang, visitor, isOwnPath(goingTo) ? goingTo : '/mijn', 429)
  }

  /** Writes the mail. Safe to repeat: each time a new link, until the limit. */
  @Post()
  async request(
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = parseForm(addressForm, body)
    if (!form.ok) return this.askPage(lang, form.typed, form.errors, 422)
    const id = await this.signIn.request(form.value.email, request.ip)
    if (!id)
      return this.askPage(
        lang,
        { email: form.value.email },
        [{ field: 'email', code: 'signIn.tooOften' }],
        429,
      )
    return seeOther(`/inloggen/code?verzoek=${id}`)
  }

  @Get('code')
  codePage(@Lang() lang: Language, @Query('verzoek') request?: string): Page | SeeOther {
    return request ? this.enterCode(lang, request, {}) : seeOther('/inloggen')
  }

  /** A code works once; a repeat is told that it was used. */
  @Post('code')
  async byCode(
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: { request?: string; code?: string },
  ): Promise<Page | SeeOther> {
    const refusal = await this.authenticate(request, reply)
    if (!refusal) return this.onwards(request, reply)
    return this.enterCode(lang, String(body.request ?? ''), { code: String(body.code ?? '') }, refusal)
  }

  /** A page with a button: scanners that open links in mails must not use the link up. */
  @Get('link/:request/:key')
  linkPage(@Lang() lang: Language, @Param('request') request: string, @Param('key') key: string): Page {
    return page(`${VIEWS}/link.hbs`, { title: this.messages.text(lang, 'identity.link.title'), request, key })
  }

  /** The button of the link's page. Works once. */
  @Post('link/:request/:key')
  async byLink(
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page | SeeOther> {
    const refusal = await this.authenticate(request, reply)
    if (!refusal) return this.onwards(request, reply)
    return page(
      `${VIEWS}/link-refused.hbs`,
      {
        title: this.messages.text(lang, 'identity.link.refused'),
        reason: this.messages.violation(lang, { code: refusal, params: { minutes: String(VALID_MINUTES) } }),
      },
      403,
    )
  }

  /** Passport decides; on success the session gets a new id. @returns why not, or null. */
  private async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    let refusal: string | null = 'signIn.unknown'
    const decide = this.passport.authenticate(ONE_TIME, async (_request, _reply, error, user, info) => {
      if (error) throw error
      refusal = user ? null : String(info ?? 'signIn.unknown')
      if (!user) return
      await request.logIn(user as never)
      markSignedIn(request, new Date())
    })
    await decide.call(request.server, request, reply)
    return refusal
  }

  private onwards(request: FastifyRequest, reply: FastifyReply): SeeOther {
    const goingTo = request.cookies[AFTER_SIGN_IN]
    reply.clearCookie(AFTER_SIGN_IN, { path: '/inloggen' })
    return seeOther(isOwnPath(goingTo) ? goingTo : '/mijn')
  }

  private againPage(lang: Language, visitor: Visitor, goingTo: string, status = 200): Page {
    const title = this.messages.text(lang, 'identity.again.title')
    const tooOften = [{ field: 'email', code: 'signIn.tooOften' }]
    const errors = formErrors(this.messages, lang, status === 200 ? [] : tooOften)
    const { email, name } = visitor
    const demo = this.suggestions !== null
    return page(
      `${VIEWS}/again.hbs`,
      { title, email, name, goingTo, demo, minutes: FRESH_MINUTES, errors },
      status,
    )
  }

  private askPage(
    lang: Language,
    typed: object,
    errors: { field: string; code: string }[] = [],
    status = 200,
  ): Page {
    return page(
      `${VIEWS}/sign-in.hbs`,
      {
        title: this.messages.text(lang, 'identity.ask.title'),
        typed,
        errors: formErrors(this.messages, lang, errors),
        minutes: VALID_MINUTES,
        suggestions: this.suggestions?.(lang) ?? [],
      },
      status,
    )
  }

  private enterCode(lang: Language, request: string, typed: object, refusal: string | null = null): Page {
    return page(
      `${VIEWS}/code.hbs`,
      {
        title: this.messages.text(lang, 'identity.code.title'),
        request,
        typed,
        minutes: VALID_MINUTES,
        errors: formErrors(
          this.messages,
          lang,
          refusal ? [{ field: 'code', code: refusal, params: { minutes: String(VALID_MINUTES) } }] : [],
        ),
      },
      refusal ? 422 : 200,
    )
  }
}
