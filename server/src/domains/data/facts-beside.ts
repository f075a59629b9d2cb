// What comes from elsewhere: series of areas. They have no order; a row shaped like one stands in its place, with what is known of it, so
// that areas, scope and lists need no second way.
import { sql, type RawBuilder } from 'kysely'
import { choice, type Fact } from './fact.ts'

type Shape = { tenant: string; id: string; at: string; area?: string; number: RawBuilder<unknown>; title: RawBuilder<unknown>; channel?: string }
const nothing = { state: 'text', close_kind: 'text', appeal_type: 'text', urgency: 'text', dispatch_kind: 'text', subject_kind: 'text', registration_source: 'text', line: 'text', lead_unit_name: 'text', content: 'text', matter_id: 'uuid', category_id: 'uuid', industry_id: 'uuid', lead_unit_id: 'uuid', registered_by: 'uuid', picked_by: 'uuid', round: 'int', return_count: 'int', urge_count: 'int', supplement_count: 'int', involved_count: 'int', next_due_at: 'timestamptz', closed_at: 'timestamptz', dispatched_at: 'timestamptz', archived_at: 'timestamptz' }
const inPlace = ({ tenant, id, at, area, number: shown, title, channel }: Shape): RawBuilder<unknown> =>
  sql`cross join lateral (select ${sql.ref(tenant)} as tenant_id, ${sql.ref(id)} as id, ${shown} as number, ${title} as title, false as confidential, ${sql.ref(at)}::timestamptz as registered_at, ${area ? sql.ref(area) : sql`null::text`} as area_code, ${channel ? sql.lit(channel) : sql`null::text`} as channel,
    ${sql.join(Object.entries(nothing).map(([name, type]) => sql`null::${sql.raw(type)} as ${sql.ref(name)}`))}) as o`

export const besides = {
  external: {
    label: '外部数据', apart: true, id: sql.ref('e.id'), orderId: sql.ref('e.id'), unit: sql`null::uuid`,
    from: () => sql`data_external_value as e join data_external_series as s on s.tenant_id = e.tenant_id and s.code = e.series ${inPlace({ tenant: 'e.tenant_id', id: 'e.id', at: 'e.from_day', area: 'e.area_code', number: sql`''`, title: sql`concat_ws(' ', s.name, e.area_code, trim_scale(e.value)::text || s.unit, e.from_day::text)` })}`,
    // What holds at the end of the period; of a series that ended before, its last values.
    dates: { asOf: { label: '期末有效', column: null, within: ({ before }) => sql`e.from_day < (${sql`to_timestamp(${before / 1000})`} at time zone 'UTC')::date + 1 and not exists (select 1 from data_external_value later where later.tenant_id = e.tenant_id and later.series = e.series and later.area_code = e.area_code and later.from_day > e.from_day and later.from_day < (${sql`to_timestamp(${before / 1000})`} at time zone 'UTC')::date + 1)` } },
    fields: { series: choice('序列', 'e.series') },
    measures: { value: { label: '值', sql: sql`e.value` } },
  },
} satisfies Record<string, Fact>
