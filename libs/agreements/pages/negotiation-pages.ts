import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { People } from '#identity'
import type { Violation } from '#kernel'
import { type Language, moment, type Page, page, type ShownError, type Visit, type Visitor } from '#platform'
import { type Negotiation, Negotiations } from '../negotiations.service.js'
import { draftSections, sectionOf } from '../rules/draft.js'
import { capacityOf, checkSignature, otherSide, type Side, sideOf } from '../rules/negotiation.js'
import { groupedHash } from '../rules/typed-hash.js'
import { TextJudging } from '../text-judging.service.js'
import { headOf, pathOf, type Refused } from './negotiation-head.js'
import { AgreementWords, fieldLabel, type Text } from './words.js'

const VIEWS = 'libs/agreements/pages/views'

/** The page of a negotiation: how it stands, what one's own side is writing, and what can be done. */
@Injectable()
export class NegotiationPages {
  constructor(
    @Inject(AgreementWords) private readonly words: AgreementWords,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(TextJudging) private readonly judging: TextJudging,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(People) private readonly people: People,
  ) {}

  async show({ lang, visitor, fresh }: Visit, negotiation: Negotiation, refused?: Refused): Promise<Page> {
    const text = this.words.in(lang)
    const side = sideOf(visitor, negotiation.party)!
    const { id, state, ending, concluded, areaSlug, areaName, proposals } = negotiation
    const model = {
      ...headOf(text, negotiation),
      title: text('negotiation.title', { area: areaName }),
      lead: text(`change.${negotiation.change}Lead`),
      ...{ fresh, errors: refused?.errors ?? null, typed: refused?.typed ?? null },
      next: this.next(text, negotiation, side),
      draft: await this.ownDraft(lang, text, negotiation, side),
      proposals: await this.proposals(lang, text, negotiation),
      lastHref: proposals.length > 0 ? `${pathOf(id)}/voorstellen/${proposals.at(-1)!.number}` : '',
      ...this.signing(lang, text, visitor, negotiation, side),
      stopped: ending && { ...ending, when: moment(lang, ending.endedAt) },
      signedHref: concluded ? `/afspraken/${areaSlug}/versies/${concluded.number}` : '',
      goesOn: state !== 'signed' && state !== 'ended',
    }
    return page(`${VIEWS}/negotiation.hbs`, model, refused ? 422 : 200)
  }

  /** What was refused: beside its field where that is on the page, else with the name of the field in the text. */
  async problems(
    lang: Language,
    { id, proposals }: Negotiation,
    violations: readonly Violation[],
  ): Promise<ShownError[]> {
    const text = this.words.in(lang)
    const draft = (await this.negotiations.proposal(id, proposals.at(-1)?.number ?? 0)) ?? {}
    const names = await this.names()
    return this.words.errors(lang, violations).map(({ path, message }) => {
      if (!partWith(path)) return { path, message }
      const label = path === 'buurt' ? text('label.neighbourhoods') : fieldLabel(text, path, draft, names)
      return { path: '', message: `${label}: ${message}` }
    })
  }

  /** Who is next, in a sentence. */
  private next(text: Text, { state, turn, party, proposals }: Negotiation, side: Side): string {
    const who = (one: Side) => (one === 'counterparty' ? party.name : text('sides.cooperative'))
    if (state === 'offered') return text('next.sign', { who: turn.map(who).join(` ${text('and')} `) })
    if (state === 'drafting') return text('next.drafting')
    if (state !== 'negotiating') return ''
    const key = turn.includes(side) ? 'next.yours' : 'next.theirs'
    return text(key, { who: who(otherSide(side)), number: proposals.at(-1)!.number })
  }

  /** What one's own side is writing, part by part, with what keeps it from being signed. */
  private async ownDraft(lang: Language, text: Text, negotiation: Negotiation, side: Side) {
    const draft = await this.negotiations.draftOf(negotiation.id, side)
    if (!draft) return null
    const { violations } = await this.judging.draft(negotiation, draft.typed)
    const last = negotiation.proposals.at(-1)?.number ?? 0
    const names = await this.people.named(draftSections.map((section) => draft.sections[section].savedBy))
    return {
      behind: draft.basedOn < last ? last : 0,
      basedOn: draft.basedOn,
      items: draftSections.map((section) => {
        const wrong = violations.filter(({ path }) => partWith(path) === section).length
        const { savedAt, savedBy, revision } = draft.sections[section]
        const note = text('draft.saved', {
          at: moment(lang, savedAt),
          name: names.get(savedBy)?.name ?? '',
        })
        return {
          label: text(`section.${section}`),
          value: wrong > 0 ? text('draft.wrong', { count: wrong }) : text('draft.fine'),
          note: revision > 1 ? note : '',
          actionHref: `${pathOf(negotiation.id)}/tekst/${section}`,
          actionLabel: text('draft.edit'),
        }
      }),
    }
  }

  private async proposals(lang: Language, text: Text, { id, proposals, party, offers }: Negotiation) {
    const people = await this.people.named([
      ...proposals.map(({ proposedBy }) => proposedBy),
      ...offers.map(({ offeredBy }) => offeredBy),
    ])
    const who = (personId: string) => people.get(personId)?.name ?? ''
    const made = proposals.map(({ number, side, message, proposedAt, proposedBy }) => ({
      at: proposedAt,
      when: moment(lang, proposedAt),
      heading: text('proposal.by', {
        ...{ number, name: who(proposedBy) },
        side: side === 'counterparty' ? party.name : text('sides.cooperative'),
      }),
      text: message,
      href: `${pathOf(id)}/voorstellen/${number}`,
      linkLabel: text('proposal.read'),
    }))
    const offered = offers.flatMap((offer) => [
      {
        at: offer.offeredAt,
        when: moment(lang, offer.offeredAt),
        heading: text('offer.made', { number: offer.proposal, name: who(offer.offeredBy) }),
        text: '',
      },
      ...offer.signatures.map(({ name, side, signedAt }) => ({
        at: signedAt,
        when: moment(lang, signedAt),
        heading: text('offer.signed', { name, side: text(`sides.${side}`) }),
        text: '',
      })),
      ...(offer.withdrawal
        ? [
            {
              at: offer.withdrawal.withdrawnAt,
              when: moment(lang, offer.withdrawal.withdrawnAt),
              heading: text('offer.withdrawn'),
              text: offer.withdrawal.reason,
            },
          ]
        : []),
    ])
    return [...made, ...offered]
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .map(({ at: _at, ...item }) => item)
  }

  private signing(lang: Language, text: Text, visitor: Visitor, negotiation: Negotiation, side: Side) {
    const { offer, state, party, course, proposals } = negotiation
    const capacity = capacityOf(visitor, party)
    const last = proposals.at(-1)
    const offered = state === 'offered' && offer
    return {
      mayOffer: state === 'negotiating' ? last!.number : 0,
      offer: offered && {
        ...{ id: offer.id, sha256: offer.sha256, hash: groupedHash(offer.sha256) },
        proposal: offer.proposal,
        signed: offer.signatures.map((one) => ({
          label: text(`signedFor.${one.side}`),
          value: `${one.name}, ${text(`capacities.${one.capacity}`)}`,
          note: moment(lang, one.signedAt),
        })),
      },
      capacity: capacity ? text(`capacities.${capacity}`) : '',
      maySign: offered && capacity !== null && checkSignature(course, side, visitor.personId).length === 0,
    }
  }

  private async names(): Promise<Map<string, string>> {
    return new Map((await this.areas.neighbourhoods()).map(({ id, name }) => [id, name]))
  }
}

const partWith = (path: string | undefined) =>
  path === 'buurt' ? 'period' : path === undefined ? null : sectionOf(path)
