/** The look of the site (apps/web/design/tokens.css, light) on paper. Sizes in points. */
export const ink = '#1b2124'
export const soft = '#454e53'
export const line = '#ddd6c8'
export const sand = '#f6f1e7'
export const accent = '#0a4f5c'

export interface Style {
  size: number
  leading: number
  strong?: boolean
  colour?: string
}

export const styles = {
  title: { size: 24, leading: 29, strong: true },
  subtitle: { size: 12, leading: 17, colour: soft },
  heading2: { size: 15, leading: 19, strong: true },
  heading3: { size: 11.5, leading: 16, strong: true },
  body: { size: 10.5, leading: 15 },
  bodySoft: { size: 10.5, leading: 15, colour: soft },
  bodyStrong: { size: 10.5, leading: 15, strong: true },
  cell: { size: 9.5, leading: 13 },
  cellStrong: { size: 9.5, leading: 13, strong: true },
  cellSoft: { size: 9.5, leading: 13, colour: soft },
  small: { size: 8.5, leading: 11, colour: soft },
  brand: { size: 12, leading: 15, strong: true },
} satisfies Record<string, Style>

export const paper = { width: 595.28, height: 841.89, left: 62, right: 62, top: 84, bottom: 76 }
export const measure = paper.width - paper.left - paper.right
