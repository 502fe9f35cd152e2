import type { TypeStyle } from '#documents'

/** The colours of the site in the light (apps/web/design/tokens.css). */
export const ink = '#1b2124'
export const soft = '#454e53'
export const edge = '#6a7175'
export const pale = '#c3c8ca'
export const line = '#ddd6c8'
export const sand = '#f6f1e7'
export const paper = '#fffefb'
export const accent = '#0a4f5c'

/** A4, in points; on A3 all of it becomes larger. */
export const page = { width: 595.28, height: 841.89, margin: 42 }
export const measure = page.width - 2 * page.margin

export const styles = {
  brand: { size: 12, leading: 15, strong: true, colour: ink },
  brandAccent: { size: 12, leading: 15, strong: true, colour: accent },
  above: { size: 10, leading: 15, colour: soft },
  title: { size: 44, leading: 48, strong: true, colour: ink },
  subtitle: { size: 12, leading: 17, colour: soft },
  heading: { size: 10.5, leading: 14, strong: true, colour: accent },
  sentence: { size: 19, leading: 23, strong: true, colour: ink },
  label: { size: 11, leading: 14, strong: true, colour: ink },
  value: { size: 13, leading: 14, strong: true, colour: ink },
  outcome: { size: 9.5, leading: 13, strong: true, colour: ink },
  note: { size: 9.5, leading: 13, colour: soft },
  text: { size: 9.5, leading: 13, colour: ink },
  lineLabel: { size: 9.5, leading: 12.5, colour: ink },
  lineValue: { size: 9.5, leading: 12.5, strong: true, colour: ink },
  story: { size: 10, leading: 13.5, colour: ink },
  storyHeading: { size: 12, leading: 17, strong: true, colour: ink },
  small: { size: 8, leading: 10.5, colour: soft },
} satisfies Record<string, TypeStyle>
