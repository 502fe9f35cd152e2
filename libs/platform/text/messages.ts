import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Violation } from '#kernel'
import { projectRoot } from './project-root.js'

export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

/** The texts of one library in the reader's language, by the rest of their keys. */
export type Text = (key: string, values?: Record<string, unknown>) => string

interface Nested {
  [key: string]: string | Nested
}

/**
 * The texts of pages: `libs/<library>/messages/<language>.json` and `apps/web/messages`, in ICU
 * MessageFormat. A key starts with the library's name (`assemblies.poll.open`); `web` is apps/web.
 */
export class Messages {
  private readonly texts: Record<Language, Map<string, string>>
  private readonly formats = new Map<string, IntlMessageFormat>()

  constructor(root: string = projectRoot) {
    this.texts = { nl: readCatalogues(root, 'nl'), en: readCatalogues(root, 'en') }
  }

  /** All keys of a language, for the test that compares the catalogues. */
  keys(language: Language): string[] {
    return [...this.texts[language].keys()]
  }

  has(key: string): boolean {
    return this.texts.nl.has(key)
  }

  /**
   * The text of a key. A key that is missing in English falls back on Dutch.
   * @throws Error when no catalogue has the key: a mistake of ours, caught by the tests.
   */
  text(language: Language, key: string, values: Record<string, unknown> = {}): string {
    const source = this.texts[language].get(key) ?? this.texts.nl.get(key)
    if (source === undefined) throw new Error(`No text for ${key}`)
    if (!source.includes('{') && !source.includes("'")) return source
    const cached = `${language} ${key}`
    let format = this.formats.get(cached)
    if (!format) {
      format = new IntlMessageFormat(source, language === 'nl' ? 'nl-NL' : 'en-GB', undefined, {
        ignoreTag: true,
      })
      this.formats.set(cached, format)
    }
    return String(format.format(values as Record<string, string>))
  }

  /** The texts of one library in one language: `under('nl', 'members')('title')` is `members.title`. */
  under(language: Language, library: string): Text {
    return (key, values) => this.text(language, `${library}.${key}`, values)
  }

  /**
   * The text of a violation: `<library>.violations.<code>`, looked up in every catalogue; a code
   * without a text is shown as such rather than hidden.
   */
  violation(language: Language, violation: Violation): string {
    const key = this.violationKeys().get(violation.code)
    return key ? this.text(language, key, violation.params ?? {}) : violation.code
  }

  private byCode: Map<string, string> | null = null

  private violationKeys(): Map<string, string> {
    if (!this.byCode) {
      this.byCode = new Map()
      for (const key of this.texts.nl.keys()) {
        const code = key.split('.violations.')[1]
        if (code) this.byCode.set(code, key)
      }
    }
    return this.byCode
  }
}

function readCatalogues(root: string, language: Language): Map<string, string> {
  const texts = new Map<string, string>()
  const folders = readdirSync(join(root, 'libs')).map(
    (library) => [library, join(root, 'libs', library)] as const,
  )
  for (const [name, folder] of [...folders, ['web', join(root, 'apps/web')] as const]) {
    const file = join(folder, 'messages', `${language}.json`)
    if (existsSync(file)) flatten(JSON.parse(readFileSync(file, 'utf8')) as Nested, name, texts)
  }
  return texts
}

function flatten(nested: Nested, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(nested)) {
    const path = key === prefix ? key : `${prefix}.${key}`
    if (typeof value === 'string') into.set(path, value)
    else flatten(value, path, into)
  }
}
