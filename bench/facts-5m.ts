// The base of the figures: orders of three years with assignment, two clocks and callbacks, over 800 units, made inside the database; texts
// and timelines are left out, for figures do not read them. `npm run bench -- facts-5m [orders]`, in a folder of its own (`BENCH_FACTS`).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { startProduct } from './product.ts'
import { figure, most, writeResult } from './result.ts'
import { openBase } from './volume.ts'

export const factsData = process.env['BENCH_FACTS'] ?? join(import.meta.dirname, '..', 'data', 'bench-facts')
export const YEARS = 3
const UNITS = 800
const BATCH = 100_000
const TABLES = ['order_order', 'order_assignment', 'order_clock', 'callback_result', 'callback_task']

export async function makeFacts(orders: number): Promise<void> {
  const fresh = !existsSync(`${factsData}/postgres.json`)
  const product = await startProduct(factsData)
  const { pool, stop } = await openBase(factsData)
  const began = performance.now()
  try {
    if (fresh) console.log('  demo city seeded')
    await fill(pool, orders)
    const seconds = (performance.now() - began) / 1000
    const { rows } = await pool.query<{ bytes: string }>('select pg_database_size(current_database())::text as bytes')
    writeResult('facts-5m', {
      command: `npm run bench -- facts-5m ${orders}`, base: `${orders} orders over ${YEARS} years, each with assignment and two clocks, seven in ten called back; ${UNITS} units`,
      metrics: { 'base generated': most(seconds, 's', 900), 'orders a second': figure(orders / seconds, '/s'), 'size of the database': figure(Number(rows[0]?.bytes ?? 0) / 2 ** 30, 'GiB') },
      notes: ['rows are made in the database; indexes that figures do not use are dropped in this base'],
    })
  } finally {
    await stop()
    await product.stop()
  }
}

async function fill(pool: pg.Pool, orders: number): Promise<void> {
  const db = await pool.connect()
  const q = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => (await db.query<T>(text, values)).rows
  try {
    // No triggers, no foreign keys: the rows are consistent by the way they are made.
    await q("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '128MB'")
    const tenant = (await q<{ id: string }>('select t.id from platform_tenant t join (select tenant_id, count(*) n from platform_unit group by 1) u on u.tenant_id = t.id order by u.n desc limit 1'))[0]?.id ?? ''
    const drop = await q<{ name: string }>(`select i.indexrelid::regclass::text as name from pg_index i where i.indrelid = any($1::regclass[]) and not i.indisprimary and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
      and pg_get_indexdef(i.indexrelid) !~ '\\(tenant_id, order_id\\)$' and pg_get_indexdef(i.indexrelid) !~ 'brin'`, [TABLES])
    for (const { name } of drop) await q(`drop index ${name}`)
    const root = (await q<{ id: string; area_code: string }>("select id, area_code from platform_unit where tenant_id = $1 and kind = 'centre' limit 1", [tenant]))[0]
    await q(`insert into platform_unit (tenant_id, id, code, name, kind, area_code, parent_id, path, created_at, changed_at, changed_by)
      select $1, u.id, 'FACT' || u.i, '单位' || u.i, 'handling', $3, $2::uuid, array[$2::uuid, u.id], now(), now(), 'bench' from (select i, gen_random_uuid() as id from generate_series(1, ${UNITS}) i) u where not exists (select 1 from platform_unit where tenant_id = $1 and code = 'FACT1')`, [tenant, root?.id, root?.area_code])
    await q(`create temp table pick_unit as select row_number() over (order by code) - 1 as n, id, name from platform_unit where tenant_id = '${tenant}' and code like 'FACT%'`)
    await q(`create temp table pick_area as select row_number() over (order by code) - 1 as n, code from platform_area where code like left('${root?.area_code ?? ''}', 4) || '%' and length(code) = 12`)
    await q(`create temp table pick_matter as select row_number() over (order by id) - 1 as n, id, name from matter_matter where tenant_id = '${tenant}' limit 300`)
    await q(`create temp table pick_category as select row_number() over (order by id) - 1 as n, id from matter_scheme_node where tenant_id = '${tenant}' limit 200`)
    for (const t of ['pick_unit', 'pick_area', 'pick_matter', 'pick_category']) await q(`create index on ${t} (n); analyze ${t}`)
    const began = performance.now()
    for (let start = 0; start < orders; start += BATCH) {
      await batch(q, tenant, start, Math.min(orders, start + BATCH), orders)
      process.stdout.write(`\r  ${start + BATCH}/${orders}, ${Math.round((performance.now() - began) / 1000)} s`)
    }
    process.stdout.write('\n')
    await q('delete from data_change')
    await q(`vacuum analyze ${TABLES.join(', ')}`)
  } finally {
    db.release()
  }
}

const uuid = (at: string): string => `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`

async function batch(q: (text: string, values?: unknown[]) => Promise<unknown>, tenant: string, from: number, to: number, orders: number): Promise<void> {
  // Spread evenly up to now; the last two per cent are open.
  await q(`create temp table made as select ${uuid('s.at')} as id, s.*, u.id as unit, u.name as unit_name, a.code as area, m.id as matter, m.name as matter_name, c.id as category from (
      select i, now() - interval '1 hour' - (${orders} - i)::float8 / ${orders} * interval '${YEARS * 365} days' as at, i > ${orders} * 0.98 as open,
        abs(hashint8(i)) as h1, abs(hashint8(i * 31 + 7)) as h2, abs(hashint8(i * 131 + 3)) as h3, abs(hashint8(i * 17 + 11)) as h4 from generate_series(${from}::bigint, ${to - 1}::bigint) i) s
    join pick_unit u on u.n = s.h1 % (select count(*) from pick_unit) left join pick_area a on a.n = s.h2 % (select count(*) from pick_area) and s.h2 % 50 > 0
    join pick_matter m on m.n = s.h3 % (select count(*) from pick_matter) left join pick_category c on c.n = s.h4 % (select count(*) from pick_category) and s.h4 % 40 > 0`)
  await q(`insert into order_order (tenant_id, id, number, enquiry_code, state, channel, registered_by_name, registered_at, appeal_type, title, content, area_code, matter_id, matter_version, matter_name, category_id, urgency, lead_unit_id, lead_unit_name, stage_since_at, dispatched_at, closed_at, archived_at, close_kind, next_due_at, next_clock, round, return_count, urge_count, involved_count, confidential, updated_at)
    select '${tenant}', id, 'F' || i, 'BENC-HBEN', case when open then 'inProgress' else 'archived' end, (array['phone', 'phone', 'phone', 'portal', 'wechat', 'app'])[1 + h1 % 6], 'bench', at, (array['help', 'help', 'complaint', 'consultation', 'report', 'suggestion', 'praise'])[1 + h2 % 7], 'bench', 'bench', area, matter, 1, matter_name, category,
      case when h3 % 50 = 0 then 'urgent' else 'normal' end, unit, unit_name, at, at + interval '20 minutes', case when not open then at + (1 + h1 % 96) * interval '1 hour' end, case when not open then at + (30 + h1 % 96) * interval '1 hour' end, case when not open then case when h4 % 9 = 0 then 'answered' else 'handled' end end,
      case when open then at + interval '5 days' end, case when open then 'handling' end, 1 + (h2 % 20 = 0)::int, (h3 % 25 = 0)::int, h4 % 3, 1 + h4 % 4, h1 % 1000 = 0, at from made`)
  await q(`insert into order_assignment (tenant_id, id, order_id, unit_id, unit_name, role, route_mode, state, dispatched_at, dispatched_by_name, signed_at, contacted_at, done_at)
    select '${tenant}', ${uuid("at + interval '1 second'")}, id, unit, unit_name, 'lead', 'levelByLevel', case when open then 'handling' else 'done' end, at + interval '20 minutes', 'bench', at + (1 + h2 % 12) * interval '1 hour', case when h3 % 10 > 0 then at + interval '14 hours' end, case when not open then at + interval '20 hours' end from made`)
  await q(`insert into order_clock (tenant_id, id, order_id, unit_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state, met_at)
    select '${tenant}', ${uuid("at + interval '2 seconds'")}, id, unit, k.kind, 1, 'workingDays', 'bench', at, at + k.due, at + k.due / 2, case when open and k.kind = 'handling' then 'running' else 'met' end,
      case when not open or k.kind = 'sign' then at + k.due * (case when (h4 + length(k.kind)) % 12 = 0 then 1.3 else 0.6 end) end from made cross join (values ('sign', interval '12 hours'), ('handling', interval '5 days')) k (kind, due)`)
  await q(`insert into callback_result (tenant_id, id, task_id, order_id, round, at, by_kind, actor_name, way, contacted, solved, satisfied, attributable, outcome, consequence, unit_id)
    select '${tenant}', ${uuid("at + interval '5 days'")}, id, id, 1, at + (100 + h1 % 48) * interval '1 hour', 'person', 'bench', 'call', case when h2 % 20 = 0 then 'no' else 'yes' end, (array['yes', 'yes', 'yes', 'no', 'notStated'])[1 + h3 % 5], (array['yes', 'yes', 'yes', 'yes', 'no', 'notStated'])[1 + h1 % 6], h4 % 30 > 0, 'satisfied', 'archived', unit from made where not open and h4 % 10 < 7`)
  await q('drop table made')
}
