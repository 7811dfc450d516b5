/** What operators filter workflows by. Stored in the clear: never a phone, a name or a BSUID. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const searchAttributes = {
  citizenId: defineSearchAttributeKey('CitizenId', SearchAttributeType.KEYWORD),
  service: defineSearchAttributeKey('Service', SearchAttributeType.KEYWORD),
  accountNumber: defineSearchAttributeKey('AccountNumber', SearchAttributeType.KEYWORD),
  needsAttention: defineSearchAttributeKey('NeedsAttention', SearchAttributeType.BOOL),
  /** Where a payment or a renewal stands. */
  stage: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD),
  gateway: defineSearchAttributeKey('Gateway', SearchAttributeType.KEYWORD),
  amountRupees: defineSearchAttributeKey('AmountRupees', SearchAttributeType.DOUBLE),
  ward: defineSearchAttributeKey('Ward', SearchAttributeType.INT),
} as const;
