import type { Fact, Section } from '../rules/minutes.js'

/** From so many lines on a list is folded: who was there is for looking up, not for reading. */
const FOLDED_FROM = 8

/** A part of the minutes as the view shows it. */
export function shownSection({ key, heading, facts, remarks }: Section) {
  return { key, heading, remarks, facts: facts.map(shownFact) }
}

function shownFact(fact: Fact) {
  switch (fact.kind) {
    case 'line':
      return { line: fact.text }
    case 'list':
      return {
        list: fact.items,
        name: fact.label,
        folded: fact.items.length >= FOLDED_FROM,
        count: fact.items.length,
      }
    case 'quote':
      return { quote: fact.text, name: fact.label }
  }
}
