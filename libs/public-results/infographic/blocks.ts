import type { Shape, TextShape, TypeStyle, Typesetter } from '#documents'

/** A part of the page: how high it is, and its shapes once its top is known. */
export interface Block {
  height: number
  draw(y: number): Shape[]
}

/** Where a block may stand from left to right. */
export interface Span {
  x: number
  width: number
}

/** Room and nothing in it. */
export const space = (height: number): Block => ({ height, draw: () => [] })

/** Blocks under each other, with a gap between those that have a height. */
export function stack(blocks: readonly Block[], gap = 0): Block {
  const filled = blocks.filter(({ height }) => height > 0)
  return {
    height: filled.reduce((sum, { height }) => sum + height, 0) + gap * Math.max(0, filled.length - 1),
    draw: (y) => {
      let top = y
      return filled.flatMap((block) => {
        const shapes = block.draw(top)
        top += block.height + gap
        return shapes
      })
    },
  }
}

/** Blocks beside each other, as high as the highest. */
export function beside(blocks: readonly Block[]): Block {
  return {
    height: Math.max(0, ...blocks.map(({ height }) => height)),
    draw: (y) => blocks.flatMap((block) => block.draw(y)),
  }
}

/** Sets texts with one typesetter at one scale. */
export class Setter {
  constructor(
    private readonly typesetter: Typesetter,
    readonly scale: number,
  ) {}

  at(scale: number): Setter {
    return new Setter(this.typesetter, scale)
  }

  /** A style at this scale. */
  style(style: TypeStyle): TypeStyle {
    return { ...style, size: style.size * this.scale, leading: style.leading * this.scale }
  }

  width(text: string, style: TypeStyle): number {
    return this.typesetter.width(text, this.style(style))
  }

  /** A text in a span, broken into at most `most` lines. */
  text(
    text: string,
    { x, width }: Span,
    style: TypeStyle,
    options: { as?: TextShape['as']; align?: TextShape['align']; most?: number } = {},
  ): Block {
    const { as = 'P', align = 'start', most } = options
    const scaled = this.style(style)
    if (text.trim() === '' || most === 0) return space(0)
    const lines = this.typesetter.lines(text, width, scaled, most)
    const at = align === 'start' ? x : align === 'end' ? x + width : x + width / 2
    return {
      height: lines.length * scaled.leading,
      draw: (y) => [{ kind: 'text', as, x: at, y, align, style: scaled, lines }],
    }
  }

  /** One line made so small that it fits, if need be down to half its size. */
  fitted(text: string, span: Span, style: TypeStyle, as: TextShape['as']): Block {
    const part = Math.min(1, span.width / (this.width(text, style) + 0.01))
    const least = Math.max(part, 0.5)
    return this.text(
      text,
      span,
      { ...style, size: style.size * least, leading: style.leading * least },
      { as, most: 2 },
    )
  }
}
