import type { Language } from '#platform'

/** A paper to be made: a title, what it says, and when it was made. The texts are already in the language. */
export interface PaperDocument {
  title: string
  /** One or two sentences under the title: of whom, as of when. */
  subtitle?: string
  lang: Language
  /** On every page, beside the page number. */
  footer?: string
  /** The instant the paper speaks of: the same content made at the same instant is the same file, byte for byte. */
  madeAt: Date
  blocks: Block[]
  /** Files that are kept inside the paper, in this order. */
  attachments?: readonly AttachedFile[]
}

/** A file inside a paper. */
export interface AttachedFile {
  /** Unique within the paper, with its extension. */
  name: string
  /** What it is, for who can't see its icon. */
  description: string
  contentType: string
  content: Buffer
  addedAt: Date
}

/** What a paper is composed of. */
export type Block =
  | { kind: 'heading'; text: string; level?: 2 | 3 }
  | { kind: 'paragraph'; text: string; soft?: boolean }
  | { kind: 'facts'; facts: readonly Fact[] }
  | TableBlock
  | { kind: 'list'; items: readonly string[]; ordered?: boolean }
  | { kind: 'note'; text: string; heading?: string }
  /** Lines to sign on, two beside each other; kept together on a page. */
  | { kind: 'signatures'; signatories: readonly { name: string; role?: string }[] }
  | CodeBlock
  | { kind: 'pageBreak' }

/** A code that a phone reads (QR), without the margin around it. */
export interface CodeBlock {
  kind: 'code'
  /** Row by row, the squares that are dark. */
  rows: readonly (readonly boolean[])[]
  /** What it is for, for who can't see it. */
  alt: string
  /** Stands beside it: what to do with it. */
  text: string
}

export interface Fact {
  label: string
  value: string
}

export interface TableBlock {
  kind: 'table'
  /** What the table shows; printed above it, and read out by a screen reader. */
  caption?: string
  columns: readonly Column[]
  /** Texts as printed, one per column: an amount is already "€ 1.234,56". */
  rows: readonly (readonly string[])[]
  totals?: readonly string[]
}

export interface Column {
  label: string
  /** Amounts and numbers stand at the end, under each other. */
  align?: 'start' | 'end'
}
