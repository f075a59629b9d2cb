// Old and new values of key data for the audit trail.

/** The fields of `next` that differ from `before`; nothing that `next` leaves undefined. */
export function changesOf(before: Record<string, unknown>, next: Record<string, unknown>): Record<string, { old: unknown; new: unknown }> {
  const changes: Record<string, { old: unknown; new: unknown }> = {}
  for (const [field, value] of Object.entries(next)) {
    if (value === undefined || JSON.stringify(before[field] ?? null) === JSON.stringify(value)) continue
    changes[field] = { old: before[field] ?? null, new: value }
  }
  return changes
}
