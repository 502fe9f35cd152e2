import { canonicalJson, type Day } from '#kernel'
import { sha256Hex } from '#platform'
import type { AgreementKind, CounterpartyKind } from './rules/agreement.js'
import type { TermsJson } from './store/terms-schema.js'

/** Everything that is signed: who agree, on what area and period, and the terms. */
export interface AgreementContent {
  kind: AgreementKind
  area: { slug: string; name: string }
  /** The version it becomes; the first is 1. */
  number: number
  cooperative: string
  counterparty: { id: string; name: string; kind: CounterpartyKind; participants: string[] }
  startsOn: Day
  endsOn: Day
  holdsFrom: Day
  neighbourhoods: { id: string; name: string }[]
  terms: TermsJson
}

/**
 * The text of an agreement as it is signed and kept: canonical JSON (RFC 8785), and the SHA-256 of its UTF-8. The same
 * agreement is always the same text; a letter more is another hash.
 */
export function agreementContent(content: AgreementContent): { content: string; sha256: string } {
  const text = canonicalJson(content)
  return { content: text, sha256: sha256Hex(text) }
}

/** Reads a text back that {@link agreementContent} wrote. */
export function readContent(text: string): AgreementContent {
  return JSON.parse(text) as AgreementContent
}

/** What somebody who was given the text finds it by: the first 16 of the hash's 64 digits. */
export const verificationCode = (sha256: string): string => sha256.slice(0, 16)
