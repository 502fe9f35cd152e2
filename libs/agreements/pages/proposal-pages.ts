import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { People } from '#identity'
import { Ids, type Language, moment, type Page, page } from '#platform'
import { type Negotiation, Negotiations } from '../negotiations.service.js'
import { type Draft, entriesOf } from '../rules/draft.js'
import { inFull } from '../rules/model-text.js'
import type { Comment } from '../store/negotiation-records.js'
import { wholeDraft } from '../text-judging.service.js'
import { headOf, pathOf, type Refused } from './negotiation-head.js'
import { shownChanges } from './shown-changes.js'
import { shownText } from './shown-text.js'
import { AgreementWords, type Text } from './words.js'

const VIEWS = 'libs/agreements/pages/views'

/** The pages of a proposal with its remarks, and of the difference between two. */
@Injectable()
export class ProposalPages {
  constructor(
    @Inject(AgreementWords) private readonly words: AgreementWords,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(People) private readonly people: People,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** A proposal with the remarks on it and the form for another; null when there is no such proposal. */
  async proposal(
    lang: Language,
    negotiation: Negotiation,
    number: number,
    about: { part: string; replyTo: string },
    refused?: Refused,
  ): Promise<Page | null> {
    const text = this.words.in(lang)
    const typed = await this.negotiations.proposal(negotiation.id, number)
    if (!typed) return null
    const { id, proposals, state } = negotiation
    const comments = await this.negotiations.comments(id)
    const before = number > 1 ? await this.negotiations.proposal(id, number - 1) : null
    const names = await this.names()
    const [draft, last] = [inFull(wholeDraft(negotiation, typed)), proposals.at(-1)!.number]
    const shown = shownText(text, lang, draft, names)
    const answered = comments.find((one) => one.id === about.replyTo)
    const open = state !== 'signed' && state !== 'ended'
    const model = {
      ...headOf(text, negotiation),
      title: text('proposal.title', { number, area: negotiation.areaName }),
      ...{
        number,
        open: open && number === last,
        errors: refused?.errors ?? null,
        typed: refused?.typed ?? null,
      },
      message: proposals[number - 1]!.message,
      newest: number === last ? '' : `${pathOf(id)}/voorstellen/${last}`,
      shown: { ...shown, clauses: this.withComments(text, shown.clauses, comments, id, number, open) },
      differenceHref:
        before || negotiation.agreement ? `${pathOf(id)}/verschil?van=${number - 1}&naar=${number}` : '',
      differenceLabel: text(before ? 'proposal.difference' : 'proposal.differenceSigned'),
      comments: await this.comments(lang, text, comments, draft),
      answered: answered && {
        id: answered.id,
        text: answered.text,
        about: partName(text, answered.about, draft),
      },
      parts: this.parts(text, draft),
      part: about.part || 'general',
      commentId: this.ids.next(),
    }
    return page(`${VIEWS}/proposal.hbs`, model, refused ? 422 : 200)
  }

  /** The difference between any two proposals; what is signed now counts as number 0. */
  async difference(
    lang: Language,
    negotiation: Negotiation,
    from: number,
    to: number,
    signed: Record<string, string> | null,
  ): Promise<Page | null> {
    const text = this.words.in(lang)
    const whole = (draft: Draft) => inFull(wholeDraft(negotiation, draft))
    const read = async (number: number) => {
      const typed = number === 0 ? null : await this.negotiations.proposal(negotiation.id, number)
      return number === 0 ? signed : typed && whole(typed)
    }
    const [before, after] = [await read(from), await read(to)]
    if (!before || !after) return null
    const named = (number: number) => text(number === 0 ? 'proposal.signedNow' : 'proposal.name', { number })
    const numbers = [...(signed ? [0] : []), ...negotiation.proposals.map(({ number }) => number)]
    return page(`${VIEWS}/difference.hbs`, {
      ...headOf(text, negotiation),
      title: text('changes.title', { before: named(from), after: named(to) }),
      changes: shownChanges(text, lang, before, after, await this.names()),
      choices: numbers.map((number) => ({ value: String(number), label: named(number) })),
      ...{ from: String(from), to: String(to) },
    })
  }

  private withComments(
    text: Text,
    clauses: ReturnType<typeof shownText>['clauses'],
    comments: readonly Comment[],
    id: string,
    number: number,
    open: boolean,
  ) {
    return clauses.map((clause) => {
      const about = `clauses.${clause.id}`
      const count = comments.filter((one) => one.about === about && !one.closed).length
      return {
        ...clause,
        commentHref: open ? `${pathOf(id)}/voorstellen/${number}?over=${about}#opmerking` : '',
        commentCount: count > 0 ? text('comment.count', { count }) : '',
      }
    })
  }

  private async comments(
    lang: Language,
    text: Text,
    comments: readonly Comment[],
    draft: Record<string, string>,
  ) {
    const people = await this.people.named(
      comments.flatMap((one) => [one.writtenBy, ...one.answers.map(({ writtenBy }) => writtenBy)]),
    )
    const written = ({ writtenBy, writtenAt, text: said }: Comment['answers'][number]) => ({
      head: text('comment.by', { name: people.get(writtenBy)?.name ?? '', at: moment(lang, writtenAt) }),
      text: said,
    })
    return comments.map((one) => ({
      ...written(one),
      id: one.id,
      about: text('comment.on', { part: partName(text, one.about, draft), number: one.proposal }),
      closed: one.closed && text('comment.closedAt', { at: moment(lang, one.closed.at) }),
      answers: one.answers.map(written),
    }))
  }

  private parts(text: Text, draft: Record<string, string>) {
    const listed = (['clauses', 'lines', 'indicators'] as const).flatMap((list) =>
      entriesOf(draft, list).map(({ fields }) => {
        const value = `${list}.${fields.id}`
        return { value, label: partName(text, value, draft) }
      }),
    )
    return [{ value: 'general', label: text('comment.general') }, ...listed]
  }

  private async names(): Promise<Map<string, string>> {
    return new Map((await this.areas.neighbourhoods()).map(({ id, name }) => [id, name]))
  }
}

/** The part of a text that a remark is about, by its name in that text. */
function partName(text: Text, about: string, draft: Record<string, string>): string {
  const [list = '', id] = about.split('.')
  if (list !== 'clauses' && list !== 'lines' && list !== 'indicators') return text('comment.general')
  const fields = entriesOf(draft, list).find((one) => one.fields.id === id)?.fields
  return text(`comment.${list}`, { name: fields?.label ?? fields?.heading ?? id ?? '' })
}
