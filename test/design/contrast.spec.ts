import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../apps/web/design/tokens.css'), 'utf8')

/** The blocks of tokens.css in order of the cascade; a scheme is light with its own colours over it. */
function coloursOf(...conditions: string[]): Record<string, string> {
  const colours: Record<string, string> = {}
  for (const [, condition = '', body = ''] of css.matchAll(/(?:@media ([^{]+) \{\s*)?:root \{([^}]*)\}/g)) {
    if (condition && !conditions.includes(condition.trim())) continue
    for (const [, name = '', value = ''] of body.matchAll(/--samen-([\w-]+): (#[0-9a-f]{6})/g))
      colours[name] = value
  }
  return colours
}

/** Contrast as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const DARK = '(prefers-color-scheme: dark)'
const MORE = '(prefers-contrast: more)'
const SCHEMES = {
  light: coloursOf(),
  dark: coloursOf(DARK),
  'more contrast': coloursOf(MORE),
  'dark, more contrast': coloursOf(DARK, MORE, `${MORE} and ${DARK}`),
}
const GROUNDS = ['paper', 'field', 'sand', 'accent-wash', 'good-wash', 'warn-wash', 'bad-wash']
const TEXT = [
  ...['ink', 'ink-soft'].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ...['accent', 'accent-deep'].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ...['good', 'warn', 'bad'].flatMap((text) => [
    [text, `${text}-wash`],
    [text, 'paper'],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-deep'],
]

describe.each(Object.entries(SCHEMES))('colours, %s', (_, colours) => {
  it.each(TEXT)('text %s on %s has 7:1', (text, ground) => {
    expect(contrast(colours[text!]!, colours[ground!]!)).toBeGreaterThanOrEqual(7)
  })

  it.each([
    ['edge', 'paper'],
    ['edge', 'field'],
    ['accent', 'paper'],
    ['bar-quiet', 'paper'],
  ])('shape %s on %s has 3:1', (shape, ground) =>
    expect(contrast(colours[shape!]!, colours[ground!]!)).toBeGreaterThanOrEqual(3),
  )
})
