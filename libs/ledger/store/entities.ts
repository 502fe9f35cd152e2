import { LedgerBudgetAdoptionRow, LedgerBudgetLineRow, LedgerBudgetRow } from './budget-entities.js'
import { JournalEntryRow, LedgerAccountRow, PostingRow } from './journal-entities.js'
import {
  LedgerCheckRow,
  LedgerClosingRow,
  LedgerSealedEntryRow,
  LedgerSealRow,
  LedgerSnapshotRow,
} from './period-entities.js'

export const ledgerEntities = [
  ...[LedgerAccountRow, JournalEntryRow, PostingRow],
  ...[LedgerClosingRow, LedgerSnapshotRow, LedgerSealRow, LedgerSealedEntryRow, LedgerCheckRow],
  ...[LedgerBudgetRow, LedgerBudgetLineRow, LedgerBudgetAdoptionRow],
]
