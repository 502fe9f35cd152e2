import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Handlebars from 'handlebars'
import { templateHelpers } from '../../libs/platform/web/template-helpers.js'

const VIEWS = join(import.meta.dirname, '../../apps/web/views')

type Messages = { [key: string]: string | Messages }

/** A Handlebars of its own with all partials, the pure helpers and the layout's own messages. */
export function designTemplates(lang: 'nl' | 'en' = 'nl') {
  const engine = Handlebars.create()
  const messages = JSON.parse(readFileSync(join(VIEWS, `../messages/${lang}.json`), 'utf8')) as Messages
  engine.registerHelper(templateHelpers())
  engine.registerHelper('t', (key: string, options: Handlebars.HelperOptions) => {
    const found = key
      .split('.')
      .reduce<string | Messages | undefined>(
        (at, part) => (typeof at === 'object' ? at[part] : undefined),
        messages,
      )
    if (typeof found !== 'string') throw new Error(`no message ${key}`)
    return found.replace(/\{(\w+)\}/g, (_, name: string) => String(options.hash[name]))
  })
  const compile = (path: string) =>
    engine.compile(readFileSync(path, 'utf8'), { explicitPartialContext: true, strict: false })
  for (const file of readdirSync(join(VIEWS, 'partials'))) {
    engine.registerPartial(basename(file, '.hbs'), compile(join(VIEWS, 'partials', file)))
  }
  const layout = compile(join(VIEWS, 'layout.hbs'))
  /** A whole page: the view in the layout. */
  return (view: string, model: object) => layout({ ...model, body: compile(view)(model) })
}
