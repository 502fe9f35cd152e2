import { formatCents } from '#kernel'
import { type Language, longDay, type Messages, type Text } from '#platform'
import type { CertificateContent, CertifiedBalance, CertifiedMovement } from '../rules/certificate.js'

const AMOUNTS = ['accepted', 'called', 'callPaid', 'paidIn'] as const

/** The words of certificates and statements. */
export const certificateText = (messages: Messages, lang: Language): Text =>
  messages.under(lang, 'guarantees.certificate')

/** What a certificate says, for the pages that show it. */
export function shownCertificate(messages: Messages, lang: Language, content: CertificateContent) {
  const text = certificateText(messages, lang)
  const { member, day, subsidyYear, balance, movements, articles, cooperative } = content
  const fact = (key: string, value: string) => ({ label: text(`label.${key}`), value })
  return {
    facts: [
      fact('member', text('memberNumbered', { member: member.name, number: member.number })),
      fact('cooperative', cooperative),
      fact('day', longDay(lang, day)),
      ...AMOUNTS.map((key) => fact(key, formatCents(balance[`${key}Cents`]))),
      ...(subsidyYear === null ? [] : [fact('subsidyYear', String(subsidyYear))]),
    ],
    ...movementTable(messages, lang, movements),
    articles: articles.map(({ key, article }) => ({
      label: messages.text(lang, `statutes.keys.${key}`),
      value: article,
    })),
  }
}

/** The lines of the register as a table. */
export function movementTable(messages: Messages, lang: Language, movements: readonly CertifiedMovement[]) {
  const text = certificateText(messages, lang)
  return {
    columns: [
      { label: text('label.type') },
      { label: text('label.on'), kind: 'day' },
      { label: text('label.document') },
      { label: text('label.amount'), kind: 'money' },
    ],
    rows: movements.map(({ onDay, type, cents, document }) => [
      ...[messages.text(lang, `guarantees.dossier.type.${type}`), onDay, document, cents],
    ]),
  }
}

/** Two balances beside each other, an amount on each line. */
export function balanceRows(text: Text, opening: CertifiedBalance, closing: CertifiedBalance) {
  return AMOUNTS.map((key) => [text(`label.${key}`), opening[`${key}Cents`], closing[`${key}Cents`]])
}
