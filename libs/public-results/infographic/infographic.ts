import type { Drawing, Shape, Typesetter } from '#documents'
import type { PublicResults } from '../rules/results.js'
import type { Words } from '../words.js'
import { type Block, Setter } from './blocks.js'
import { type Column, goalColumn, moneyColumn } from './columns.js'
import { footer, head, type Imprint } from './edges.js'
import { type Level, roomiestColumn, roomiestThat } from './levels.js'
import { line, measure, page, paper, sand } from './look.js'
import { storyPanel } from './story.js'

const GAP = 30
const left = { x: page.margin, width: measure * 0.56 }
const right = { x: left.x + left.width + GAP, width: measure - left.width - GAP }
const whole = { x: page.margin, width: measure }
const EDGE = page.margin - 8
const COLUMNS_TO_STORY = 16
const STORY_TO_FOOTER = 14

type MakeColumn = (level: Level) => Column

/**
 * The results of one approved quarter on one page: goals with how they stand and why, where the money went, the
 * people, the story. Pure but for the typesetter, which measures: the same results give the same drawing.
 */
export function infographic(
  results: PublicResults,
  words: Words,
  typesetter: Typesetter,
  imprint: Imprint,
): Drawing {
  const layout = new Layout(results, words, typesetter, imprint)
  return {
    width: page.width,
    height: page.height,
    title: words.text('infographic.title', {
      area: results.area.name,
      quarter: words.quarter(results.quarter),
    }),
    description: words.summary(results),
    lang: words.lang,
    shapes: layout.draw(roomiestThat((level) => layout.fits(level))),
  }
}

class Layout {
  private readonly top: Block
  private readonly bottom: Block
  private readonly goals: MakeColumn
  private readonly money: MakeColumn

  constructor(
    private readonly results: PublicResults,
    private readonly words: Words,
    private readonly typesetter: Typesetter,
    imprint: Imprint,
  ) {
    const setter = new Setter(typesetter, 1)
    this.top = head(setter, words, results, imprint)
    this.bottom = footer(setter, words, results, imprint)
    this.goals = (level) => goalColumn(setter.at(level.scale), words, results, left, level)
    this.money = (level) => moneyColumn(setter.at(level.scale), words, results, right, level)
  }

  fits(level: Level): boolean {
    const { room } = this.heights(level)
    return this.goals(level).least <= room && this.money(level).least <= room
  }

  draw(level: Level): Shape[] {
    const { story, storyTop, columnsTop, footerTop, room } = this.heights(level)
    return [
      { kind: 'rect', x: 0, y: 0, width: page.width, height: page.height, fill: paper },
      ...this.top.draw(EDGE),
      ...fullest(this.goals, level, room).draw(columnsTop),
      {
        kind: 'rect',
        x: right.x - GAP / 2,
        y: columnsTop,
        width: 0.75,
        height: Math.max(room, 0),
        fill: line,
      },
      ...fullest(this.money, level, room).draw(columnsTop),
      { kind: 'rect', ...whole, y: storyTop, height: story.height, fill: sand, radius: 5 },
      ...story.draw(storyTop),
      ...this.bottom.draw(footerTop),
    ]
  }

  private heights(level: Level) {
    const setter = new Setter(this.typesetter, level.scale)
    const story = storyPanel(setter, this.words, this.results, whole, level.story)
    const footerTop = page.height - EDGE - this.bottom.height
    const storyTop = footerTop - STORY_TO_FOOTER - story.height
    const columnsTop = EDGE + this.top.height
    return { story, storyTop, columnsTop, footerTop, room: storyTop - COLUMNS_TO_STORY - columnsTop }
  }
}

/** A column that tells as much, as large, as its room allows. */
function fullest(make: MakeColumn, level: Level, room: number): Block {
  return make(roomiestColumn(level, (tried) => make(tried).least <= room)).filling(room)
}
