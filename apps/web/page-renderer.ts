import { Inject, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Clock, CONFIG, type Config, languageOf, Messages, type Page, Templates, visitorOf } from '#platform'
import { readAssets } from './http.js'
import { navigationFor } from './navigation.js'

/** Renders a page inside the layout, with what every page knows. */
@Injectable()
export class PageRenderer {
  private readonly assets = readAssets()

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  render(page: Page, request: FastifyRequest, reply: FastifyReply): string {
    const visitor = visitorOf(request)
    const lang = languageOf(request)
    const path = request.url.split('?')[0]!
    const model = {
      ...page.model,
      visitor,
      lang,
      path,
      today: this.clock.today(),
      demo: this.config.demo,
      demoNow: this.config.demo ? this.clock.now() : null,
      cooperativeName: this.config.cooperativeName,
      assets: this.assets,
      navigation: navigationFor(visitor, path, (key) => this.messages.text(lang, key)),
      csrf: visitor ? `<input type="hidden" name="_csrf" value="${reply.generateCsrf()}">` : '',
    }
    const body = this.templates.html(page.view, model)
    return this.templates.html('apps/web/views/layout.hbs', { ...model, body })
  }
}
