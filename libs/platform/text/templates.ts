import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Handlebars from 'handlebars'
import { templateHelpers } from '../web/template-helpers.js'
import type { Language, Messages } from './messages.js'
import { projectRoot } from './project-root.js'

const PARTIALS = 'apps/web/views/partials'

/**
 * A partial sees only what it is given, so that a page's values do not slip into it. Partials are
 * compiled here, with escaping: one that a plain-text template used first would else stay unescaped.
 */
const COMPILED = { explicitPartialContext: true }

/**
 * Pages and mails: Handlebars templates named by their path from the project's root, with the
 * design system's partials and helpers. Compiled once per process.
 */
export class Templates {
  private readonly handlebars = Handlebars.create()
  private readonly compiled = new Map<string, Handlebars.TemplateDelegate>()

  constructor(messages: Messages, root: string = projectRoot) {
    this.root = root
    this.handlebars.registerHelper(templateHelpers())
    this.handlebars.registerHelper(
      't',
      function (this: unknown, key: string, options: Handlebars.HelperOptions) {
        const language = ((options.data as { root?: { lang?: Language } })?.root?.lang ?? 'nl') as Language
        return messages.text(language, key, options.hash as Record<string, unknown>)
      },
    )
    for (const file of readdirSync(join(root, PARTIALS))) {
      if (file.endsWith('.hbs')) {
        const source = readFileSync(join(root, PARTIALS, file), 'utf8')
        this.handlebars.registerPartial(basename(file, '.hbs'), this.handlebars.compile(source, COMPILED))
      }
    }
  }

  private readonly root: string

  /** Renders a template with a model; values are escaped for HTML. */
  html(name: string, model: object): string {
    return this.template(name, false)(model)
  }

  /** Renders a plain-text template (mail text, subject): nothing is escaped. */
  plain(name: string, model: object): string {
    return this.template(name, true)(model)
  }

  private template(name: string, noEscape: boolean): Handlebars.TemplateDelegate {
    let found = this.compiled.get(name)
    if (!found) {
      found = this.handlebars.compile(readFileSync(join(this.root, name), 'utf8'), { ...COMPILED, noEscape })
      this.compiled.set(name, found)
    }
    return found
  }
}
