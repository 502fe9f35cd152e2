import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 A and AA, and what axe counts as good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The small form of axe: a third less to hand to every page. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const CONTRAST = 'color-contrast'

/** What was measured before, and found good: contrast follows from these and nothing else. */
const goodColours = new Set<string>()

/**
 * What axe finds wrong on a page. It runs in the page itself: there are no frames, and only violations are described.
 * Contrast is the costly one: it is measured again only where text stands in colours or a size that no page had before.
 * @param only the rules to look at, when all others were looked at before
 */
export async function violationsOn(
  page: Page,
  only?: readonly string[],
): Promise<{ id: string; nodes: { target: string; html: string }[] }[]> {
  await page.waitForLoadState()
  const colours = await page.evaluate<string[]>(COLOURS)
  const known = colours.every((one) => goodColours.has(one))
  const rules = only?.filter((rule) => !(known && rule === CONTRAST))
  if (rules?.length === 0) return []
  const options: RunOptions = {
    runOnly: rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: TAGS },
    ...(rules ? {} : { rules: { [CONTRAST]: { enabled: !known } } }),
    resultTypes: ['violations'],
    preload: false,
  }
  await page.evaluate(SOURCE)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  const measured = !known && (rules?.includes(CONTRAST) ?? true)
  if (measured && !violations.some(({ id }) => id === CONTRAST))
    for (const one of colours) goodColours.add(one)
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ target, html }) => ({ target: target.join(' '), html })),
  }))
}

/** Each combination of colour, what lies behind it, and size that text on the page has. */
const COLOURS = `(() => {
  const behind = new Map()
  const behindOf = (element) => {
    if (!element) return ''
    if (!behind.has(element)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element)
      const own = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' ? '' : backgroundColor + backgroundImage
      const opaque = own.startsWith('rgb(') && opacity === '1'
      const floats = position === 'absolute' || position === 'fixed' ? position : ''
      behind.set(element, [own, opacity, floats, opaque ? '' : behindOf(element.parentElement)].join(' '))
    }
    return behind.get(element)
  }
  const found = new Set()
  const elements = new Set(document.querySelectorAll('input, select, textarea'))
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) if (texts.currentNode.data.trim() !== '') elements.add(texts.currentNode.parentElement)
  for (const element of elements) {
    const { color, fontSize, fontWeight, textShadow, visibility } = getComputedStyle(element)
    found.add([color, fontSize, fontWeight, textShadow, visibility, behindOf(element)].join(';'))
  }
  return [...found]
})()`
