/** From which moment the time runs. */
export type RetentionStart =
  | 'lastChange'
  | 'decision'
  | 'exit'
  | 'endOfBookYear'
  | 'sent'
  | 'expiry'
  | 'never'

/** What happens when the time is over. */
export type RetentionEnd = 'removed' | 'anonymised' | 'contentErased' | 'kept'

/** One kind of data: how long it is kept, from when, and what happens then. The words stand in the catalogues. */
export interface RetentionClass {
  key: string
  /** Null: kept for as long as the cooperative exists. */
  period: { unit: 'days' | 'years'; amount: number } | null
  from: RetentionStart
  after: RetentionEnd
  /** The article that asks for it, when the law does. */
  article: string | null
}

/** The people of a member that left are kept so long after its last day: so long a decision can be contested. */
export const PERSONS_YEARS = 1
/** How long books are kept (BW 2:10). */
export const BOOKS_YEARS = 7

/**
 * Every kind of personal data that we keep. Page /privacy shows this list, `docs/privacy.md` says in which tables
 * each stands, and the database function `erase_past_retention` and libs/admissions carry it out.
 */
export const retentionClasses: readonly RetentionClass[] = [
  {
    key: 'drafts',
    period: { unit: 'days', amount: 30 },
    from: 'lastChange',
    after: 'removed',
    article: null,
  },
  {
    key: 'evidence',
    period: { unit: 'years', amount: 1 },
    from: 'decision',
    after: 'contentErased',
    article: null,
  },
  {
    key: 'imports',
    period: { unit: 'days', amount: 30 },
    from: 'lastChange',
    after: 'removed',
    article: null,
  },
  {
    key: 'reportUploads',
    period: { unit: 'days', amount: 14 },
    from: 'lastChange',
    after: 'removed',
    article: null,
  },
  {
    key: 'persons',
    period: { unit: 'years', amount: PERSONS_YEARS },
    from: 'exit',
    after: 'anonymised',
    article: 'BW 2:15 lid 5',
  },
  {
    key: 'notices',
    period: { unit: 'years', amount: 2 },
    from: 'sent',
    after: 'contentErased',
    article: null,
  },
  { key: 'signIns', period: { unit: 'days', amount: 30 }, from: 'expiry', after: 'removed', article: null },
  { key: 'limits', period: { unit: 'days', amount: 2 }, from: 'lastChange', after: 'removed', article: null },
  {
    key: 'books',
    period: { unit: 'years', amount: BOOKS_YEARS },
    from: 'endOfBookYear',
    after: 'kept',
    article: 'BW 2:10',
  },
  { key: 'register', period: null, from: 'never', after: 'kept', article: null },
  { key: 'votes', period: null, from: 'never', after: 'kept', article: 'BW 2:15 lid 5' },
]
