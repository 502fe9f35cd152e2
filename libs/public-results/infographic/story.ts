import type { PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, beside, type Setter, type Span, space, stack } from './blocks.js'
import { styles } from './look.js'

const PAD = 14
const GAP = 20

/** What went well, what did not and why, beside each other. */
export function storyPanel(
  setter: Setter,
  words: Words,
  { story }: Pick<PublicResults, 'story'>,
  { x, width }: Span,
  most: number,
): Block {
  const parts = (['wentWell', 'wentLess', 'why'] as const).map((part) => ({ part, text: story[part].trim() }))
  const told = parts.filter(({ text }) => text !== '')
  if (told.length === 0) return space(0)
  const wide = (width - 2 * PAD - GAP * (told.length - 1)) / told.length
  const columns = told.map(({ part, text }, index) => {
    const span = { x: x + PAD + index * (wide + GAP), width: wide }
    return stack([
      setter.text(words.text(`story.${part}`), span, styles.storyHeading, { as: 'H2' }),
      space(2 * setter.scale),
      setter.text(text, span, styles.story, { most }),
    ])
  })
  return stack([space(PAD * setter.scale), beside(columns), space(PAD * setter.scale)])
}
