import type { CityFigures } from '../rules/city-figures.js'
import type { Period } from '../rules/period.js'
import {
  fieldOfRemark,
  fieldOfSection,
  REMARK_WORDS,
  requiredSections,
  SECTION_WORDS,
  sectionsOf,
  type Texts,
} from '../rules/report-texts.js'
import type { Words } from '../words.js'

/** The form of a report: its sections, and for a quarter a remark by wijk beside what that wijk wrote itself. */
export function editModel(words: Words, { kind }: Period, figures: CityFigures | null, texts: Texts) {
  const fields = sectionsOf(kind).map((section) => {
    const name = fieldOfSection(section)
    return {
      name,
      label: words.section(kind, section),
      hint: words.say(`hint.${kind}.${section}`, { most: String(SECTION_WORDS) }),
      value: texts[name] ?? '',
      optional: !requiredSections[kind].includes(section),
    }
  })
  const areas = kind === 'quarter' ? (figures?.areas ?? []) : []
  return {
    fields,
    areas: areas.map(({ slug, name, standing, stated }) => ({
      name: fieldOfRemark(slug),
      label: words.say('remark.label', { area: name }),
      hint: words.say('remark.hint', { most: String(REMARK_WORDS), standing: words.standing(standing) }),
      value: texts[fieldOfRemark(slug)] ?? '',
      summary: stated && words.say('remark.story', { area: name }),
      story: stated
        ? (['wentWell', 'wentLess', 'why'] as const).map((part) => ({
            heading: words.say(`column.${part}`),
            paragraphs: stated.story[part].split(/\n+/),
          }))
        : [],
    })),
  }
}
