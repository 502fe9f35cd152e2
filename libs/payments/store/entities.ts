import {
  PaymentBatchApprovalRow,
  PaymentBatchOrganisationRow,
  PaymentBatchOutcomeRow,
  PaymentBatchRow,
  PaymentDownloadRow,
  PaymentEndingRow,
  PaymentRow,
  PaymentSettlementRow,
} from './batch-entities.js'
import { PayableRow, PayeeAccountAnswerRow, PayeeAccountRow } from './payable-entities.js'

export const paymentsEntities = [
  PayableRow,
  PayeeAccountRow,
  PayeeAccountAnswerRow,
  PaymentBatchRow,
  PaymentRow,
  PaymentBatchApprovalRow,
  PaymentBatchOrganisationRow,
  PaymentBatchOutcomeRow,
  PaymentDownloadRow,
  PaymentSettlementRow,
  PaymentEndingRow,
]
