import { Inject, Injectable } from '@nestjs/common'
import {
  type FieldError,
  formErrors,
  Ids,
  isId,
  type Language,
  Messages,
  type Page,
  page,
  type Text,
  type Visit,
} from '#platform'
import { MEANS_READERS, MeansDeclarations } from '../means/means-declarations.service.js'
import { type ProposedMember, ShareProposals, type YearProposal } from '../means/share-proposals.service.js'
import { OLDEST_ACCOUNTS } from '../rules/means.js'
import type { GuaranteeMeansRow } from '../store/means-entities.js'
import { ownPart, shareRules, whoDeclared, wholeTable } from './means-model.js'

/** What the visitor just did: a declaration that was recorded, or a form that was refused. */
interface JustDone {
  recordedId?: string
  refused?: { typed: Record<string, string>; errors: FieldError[] }
}

/** Builds the page /garanties/draagkracht/:jaar. Amounts of others reach it only for who may see them. */
@Injectable()
export class MeansPage {
  constructor(
    @Inject(ShareProposals) private readonly proposals: ShareProposals,
    @Inject(MeansDeclarations) private readonly declarations: MeansDeclarations,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  words(lang: Language): Text {
    return this.messages.under(lang, 'guarantees.means')
  }

  async build({ lang, visitor, fresh }: Visit, proposed: YearProposal, done: JustDone): Promise<Page> {
    const text = this.words(lang)
    const { year, members, subsidyYear } = proposed
    const open = this.declarations.isOpen(year)
    const scopes = visitor.scopesOf('delegate')
    const own = members.filter(({ member }) => scopes.includes(member.id) && member.status === 'member')
    const history = (await this.declarations.ownOf(visitor)).filter((row) => row.year === year && !row.erased)
    const model = {
      title: text('title', { year }),
      ...{ year, fresh, intro: text('lead') },
      otherBase: subsidyYear.year === year ? null : text('otherBase', { year, base: subsidyYear.year }),
      recorded: recordedNow(history, done.recordedId),
      own: own.map((one) => ownPart({ text, lang, open }, proposed, one, history)),
      declaring: open && own.length > 0 ? this.form(own, year, done) : null,
      closed: !open && own.length > 0,
      rules: shareRules(text, proposed),
      declared: whoDeclared(text, proposed),
      whole: visitor.has(...MEANS_READERS) ? wholeTable(text, proposed) : null,
      otherYears: (await this.proposals.years())
        .filter((one) => one !== year)
        .map((one) => ({ href: `/garanties/draagkracht/${one}`, label: text('title', { year: one }) })),
      errors: formErrors(this.messages, lang, done.refused?.errors ?? []),
    }
    return page('libs/guarantees/pages/views/means.hbs', model, done.refused ? 422 : 200)
  }

  private form(own: readonly ProposedMember[], year: number, { refused }: JustDone) {
    const typed = refused?.typed
    const years = Array.from({ length: OLDEST_ACCOUNTS + 1 }, (_, back) => String(year - back))
    return {
      member: own.length === 1 ? own[0]!.member : null,
      members: own.map(({ member: { id, name } }) => ({ value: id, label: name })),
      again: own.some(({ declared }) => declared !== null),
      accountsYears: years.map((value) => ({ value, label: value })),
      usualYear: String(year - 1),
      requestKey: isId(typed?.verzoek) ? typed.verzoek : this.ids.next(),
      typed: typed ?? null,
    }
  }
}

/** The declaration that was just recorded, when it is one of the visitor's own. */
function recordedNow(history: readonly GuaranteeMeansRow[], id: string | undefined) {
  const row = history.find((one) => one.id === id)
  const ofMember = history.filter(({ memberId }) => memberId === row?.memberId)
  return row && { at: row.declaredAt, again: ofMember.length > 1 }
}
