/** The columns of a file, those of `data_order_fact` without the tenant, and their types in DuckDB. */
export const columns = {
  id: 'UUID', state: 'VARCHAR', close_kind: 'VARCHAR', appeal_type: 'VARCHAR', urgency: 'VARCHAR', area_code: 'VARCHAR', matter_id: 'UUID', category_id: 'UUID', industry_id: 'UUID', channel: 'VARCHAR', registration_source: 'VARCHAR', dispatch_kind: 'VARCHAR',
  subject_kind: 'VARCHAR', round: 'INTEGER', lead_unit_id: 'UUID', confidential: 'BOOLEAN', involved_count: 'INTEGER', urge_count: 'INTEGER', supplement_count: 'INTEGER', return_count: 'INTEGER', next_due_at: 'TIMESTAMPTZ', registered_at: 'TIMESTAMPTZ',
  dispatched_at: 'TIMESTAMPTZ', closed_at: 'TIMESTAMPTZ', archived_at: 'TIMESTAMPTZ',
} as const
