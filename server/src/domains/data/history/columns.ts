/** What stands in files: the columns of each and their types in DuckDB; orders are those of `data_order_fact`, all without the tenant. A month's files are written together and are of the same changes. */
export const shapes = {
  order: {
    id: 'UUID', state: 'VARCHAR', close_kind: 'VARCHAR', appeal_type: 'VARCHAR', urgency: 'VARCHAR', area_code: 'VARCHAR', matter_id: 'UUID', category_id: 'UUID', industry_id: 'UUID', channel: 'VARCHAR', registration_source: 'VARCHAR', dispatch_kind: 'VARCHAR',
    subject_kind: 'VARCHAR', round: 'INTEGER', lead_unit_id: 'UUID', confidential: 'BOOLEAN', involved_count: 'INTEGER', urge_count: 'INTEGER', supplement_count: 'INTEGER', return_count: 'INTEGER', next_due_at: 'TIMESTAMPTZ', registered_at: 'TIMESTAMPTZ',
    dispatched_at: 'TIMESTAMPTZ', closed_at: 'TIMESTAMPTZ', archived_at: 'TIMESTAMPTZ',
  },
  assignment: { id: 'UUID', order_id: 'UUID', parent_id: 'UUID', unit_id: 'UUID', role: 'VARCHAR', state: 'VARCHAR', dispatched_at: 'TIMESTAMPTZ', signed_at: 'TIMESTAMPTZ', contacted_at: 'TIMESTAMPTZ', done_at: 'TIMESTAMPTZ' },
  clock: { id: 'UUID', order_id: 'UUID', unit_id: 'UUID', kind: 'VARCHAR', state: 'VARCHAR', started_at: 'TIMESTAMPTZ', due_at: 'TIMESTAMPTZ', met_at: 'TIMESTAMPTZ' },
  callback: { id: 'UUID', order_id: 'UUID', unit_id: 'UUID', at: 'TIMESTAMPTZ', by_kind: 'VARCHAR', contacted: 'VARCHAR', solved: 'VARCHAR', satisfied: 'VARCHAR', attributable: 'BOOLEAN' },
} as const
export type Filed = keyof typeof shapes
export const filed = ['order', 'assignment', 'clock', 'callback'] as const satisfies readonly Filed[]
export const isFiled = (fact: string): fact is Filed => Object.hasOwn(shapes, fact)
/** Of a month's files, by the name of the first: `x.parquet`, `x-assignment.parquet` … */
export const fileOf = (file: string, fact: Filed): string => (fact === 'order' ? file : file.replace(/\.parquet$/, `-${fact}.parquet`))
