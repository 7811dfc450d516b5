/** What is kept of Meta's news about the account: what operators need, and nobody's name, number or id. */

/** Fields of Meta's notices, wherever they stand (Meta, "Webhooks", one page a field). What is not here is left out. */
const kept = new Set([
  // What happened, and to which part of the account.
  ...[
    'event',
    'decision',
    'status',
    'entity_type',
    'alert_type',
    'alert_severity',
    'alert_status',
    'category',
  ],
  ...['restriction_info', 'restriction_type', 'expiration', 'ban_info', 'waba_ban_state', 'waba_ban_date'],
  ...[
    'violation_info',
    'violation_type',
    'lock_info',
    'current_limit',
    'old_limit',
    'max_phone_numbers_per_waba',
  ],
  ...['max_daily_conversation_per_phone', 'messaging_limit_tier', 'volume_tier_info', 'tier_update_time'],
  ...['pricing_category', 'tier', 'effective_month', 'region', 'configuration_name', 'provider_name'],
  // The corporation's own number.
  'display_phone_number',
  // Templates.
  ...[
    'message_template_id',
    'message_template_name',
    'message_template_language',
    'reason',
    'previous_category',
  ],
  ...['new_category', 'previous_quality_score', 'new_quality_score', 'disable_info', 'disable_date'],
  // Errors and payments.
  ...['code', 'title', 'error_code', 'payment', 'reference_id', 'amount', 'value', 'offset', 'currency'],
  ...[
    'transaction',
    'type',
    'pg_transaction_id',
    'method',
    'timestamp',
    'created_timestamp',
    'updated_timestamp',
  ],
  // What a citizen chose about marketing: to stop, or to hear from us again.
  'user_preferences',
]);

const people = new Set(['wa_id', 'user_id', 'from', 'from_user_id', 'recipient_id', 'recipient_user_id']);

/** Meta's own notices have some six levels; whatever lies deeper is left out, since walking through it has no end. */
const deepest = 16;

/** @param value raw JSON. @returns it without what nobody needs */
export function forOperators(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map((inner) => forOperators(inner, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => kept.has(field))
      .map(([field, inner]) => [field, forOperators(inner, depth + 1)]),
  );
}

/** Everybody whom a notice names, by WhatsApp's ids: to be kept under our own. */
export function peopleIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth === deepest) return [];
  const named = Object.entries(value).flatMap(([field, inner]) =>
    people.has(field) && typeof inner === 'string' ? [inner.replace(/^\+/, '')] : peopleIn(inner, depth + 1),
  );
  return [...new Set(named)];
}
