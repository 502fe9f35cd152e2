/** How wide a column can and would like to be, in points. */
export interface ColumnWish {
  /** Its widest word: narrower than this cuts words. */
  least: number
  /** All its text on one line. */
  most: number
}

/**
 * Divides a width over columns: each gets its widest word, and of the rest in proportion to what it would like.
 * When even the widest words do not fit, all are narrowed alike. The widths add up to `width`.
 */
export function columnWidths(wishes: readonly ColumnWish[], width: number): number[] {
  const total = (of: (wish: ColumnWish) => number) => wishes.reduce((sum, wish) => sum + of(wish), 0)
  const least = total((wish) => wish.least)
  const most = total((wish) => wish.most)
  if (most <= width) {
    const spare = (width - most) / wishes.length
    return wishes.map((wish) => wish.most + spare)
  }
  if (least >= width) return wishes.map((wish) => (wish.least * width) / least)
  return wishes.map((wish) => wish.least + ((wish.most - wish.least) * (width - least)) / (most - least))
}
