import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { formatCents } from '#kernel'
import { groupedIban } from '#members'
import {
  formErrors,
  Ids,
  isId,
  type Language,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visit,
  type Visitor,
} from '#platform'
import { BankLines } from '../lines.service.js'
import { checkConfirmer } from '../rules/matching.js'
import type { OpenItem } from '../rules/open-item.js'
import { BANK_WORKERS } from '../start-page.service.js'
import type { StoredLine } from '../store/line.store.js'
import type { StoredProposal } from '../store/proposal.store.js'
import { Suggestions } from '../suggestions.service.js'
import { BankWords, linePath, VIEWS } from './bank-words.js'

/** More than a person can look through; the likely ones come first. */
const MOST_ITEMS = 60

/** One line: what the bank tells of it, what it is for, and whose turn it is. */
@Injectable()
export class LinePage {
  constructor(
    @Inject(BankLines) private readonly lines: BankLines,
    @Inject(Suggestions) private readonly suggestions: Suggestions,
    @Inject(BankWords) private readonly words: BankWords,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async find(id: string): Promise<StoredLine> {
    const line = isId(id) ? await this.lines.find(id) : null
    if (!line) throw new NotFoundException()
    return line
  }

  async show({ lang, visitor, fresh }: Visit, id: string, refused?: RefusedForm): Promise<Page> {
    const line = await this.find(id)
    const proposals = await this.lines.proposals(id)
    const waiting = proposals.find(({ outcome }) => outcome === null)
    const errors = refused ? formErrors(this.words.messages, lang, refused.errors) : null
    const mayPropose = visitor.has(...BANK_WORKERS) && line.state === 'open'
    const model = {
      title: this.words.say(lang, line.cents > 0n ? 'line.in' : 'line.out', {
        amount: formatCents(line.cents < 0n ? -line.cents : line.cents),
      }),
      ...{ line, stateText: this.words.state(lang, line), stateTone: this.words.tone(line) },
      actionPath: linePath(id),
      facts: await this.facts(lang, line),
      lookalikes: (await this.lines.lookalikes(line)).map((other) => this.words.row(lang, other)),
      columns: this.words.columns(lang),
      waiting: waiting && (await this.waitingModel(lang, visitor, line, waiting)),
      history: await this.history(lang, proposals),
      mayPropose,
      ...(mayPropose ? await this.options(line, refused?.typed) : {}),
      requestKey: this.ids.next(),
      signInAgain: !fresh,
      typed: refused?.typed ?? null,
      errors,
    }
    return page(`${VIEWS}/line.hbs`, model, errors ? 422 : 200)
  }

  private async facts(lang: Language, line: StoredLine) {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const name = await this.words.names([line.enteredBy])
    const source = line.statementId
      ? { value: line.statementReference, href: `/bank/afschriften/${line.statementId}` }
      : { value: line.statementReference, note: text('line.byHand', { name: name(line.enteredBy) }) }
    return [
      { label: text('label.day'), value: moment(lang, new Date(`${line.bookedOn}T12:00:00Z`)).split(',')[0] },
      { label: text('label.counterparty'), value: line.counterpartyName || text('label.unknown') },
      {
        label: 'IBAN',
        value: line.counterpartyIban ? groupedIban(line.counterpartyIban) : text('label.unknown'),
      },
      { label: text('label.description'), value: line.description || text('label.none') },
      ...(line.endToEndId ? [{ label: text('label.endToEndId'), value: line.endToEndId }] : []),
      ...(line.returnReason ? [{ label: text('label.returned'), value: line.returnReason }] : []),
      ...(line.reversal ? [{ label: text('label.reversal'), value: text('line.reversal') }] : []),
      { label: text('label.source'), ...source },
    ]
  }

  private async waitingModel(lang: Language, visitor: Visitor, line: StoredLine, proposal: StoredProposal) {
    const name = await this.words.names([proposal.proposedBy])
    const works = visitor.has(...BANK_WORKERS)
    const [obstacle] = checkConfirmer(visitor.personId, proposal, line)
    return {
      heading: this.words.say(lang, `proposal.${proposal.kind}`, { name: name(proposal.proposedBy) }),
      ...{ reason: proposal.reason, parts: partsOf(proposal) },
      path: `${linePath(line.id)}/voorstellen/${proposal.id}`,
      mayConfirm: works && !obstacle,
      mayRefuse: works && proposal.proposedBy !== visitor.personId,
      mayWithdraw: works && proposal.proposedBy === visitor.personId,
      obstacle: works && obstacle ? this.words.messages.violation(lang, obstacle) : null,
    }
  }

  /** What came of earlier proposals, the latest first. */
  private async history(lang: Language, proposals: readonly StoredProposal[]) {
    const name = await this.words.names(
      proposals.flatMap((one) => [one.proposedBy, one.outcome?.decidedBy ?? null]),
    )
    return proposals
      .filter(({ outcome }) => outcome !== null)
      .toReversed()
      .map((proposal) => {
        const { outcome, decidedAt, decidedBy, note } = proposal.outcome!
        const what = proposal.parts.map(({ label, cents }) => `${label}: ${formatCents(cents)}`).join('; ')
        return {
          when: moment(lang, decidedAt),
          heading: this.words.say(lang, `outcome.${outcome}`, { name: name(decidedBy) }),
          text: [
            this.words.say(lang, `proposal.${proposal.kind}`, { name: name(proposal.proposedBy) }),
            what || proposal.reason,
            note,
          ]
            .filter(Boolean)
            .join('. '),
          tone: outcome === 'confirmed' ? 'good' : undefined,
        }
      })
  }

  private async options(line: StoredLine, typed?: Record<string, string>) {
    const { suggestion, items } = await this.suggestions.ofLine(line)
    const likely = suggestion?.items ?? []
    return {
      suggestion: suggestion && {
        parts: likely.map((item) => ({ ...item, name: fieldOf(item), typed: amountOf(item.cents) })),
        by: suggestion.by,
      },
      items: items.slice(0, MOST_ITEMS).map((item) => ({
        ...item,
        name: fieldOf(item),
        typed: typed?.[fieldOf(item)] ?? '',
        expected: item.cents < 0n ? -item.cents : item.cents,
      })),
      moreItems: Math.max(0, items.length - MOST_ITEMS),
    }
  }
}

function partsOf({ parts }: StoredProposal) {
  return parts.map(({ label, href, cents }) => ({ label, href, cents }))
}

export function fieldOf({ kind, id }: Pick<OpenItem, 'kind' | 'id'>): string {
  return `deel.${kind}.${id}`
}

/** An amount as it is typed: without sign, with a comma. */
function amountOf(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${digits.slice(0, -2)},${digits.slice(-2)}`
}
