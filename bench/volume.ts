// Adds history by bulk copy: orders with assignment, parties, a clock each, and ten timeline entries an order, over three years.
// `npm run bench -- volume [orders]`. The base is the demo city in data/bench.
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { startEmbedded } from '../server/src/kernel/db/embedded.ts'
import { searchTokens } from '../server/src/kernel/text/index.ts'

/** `BENCH_DATA` names another prepared folder. */
export const benchData = process.env['BENCH_DATA'] ?? join(import.meta.dirname, '..', 'data', 'bench')
const quiet = (): void => undefined

export async function openBase(dataDir = benchData): Promise<{ pool: pg.Pool; stop: () => Promise<void> }> {
  const cluster = await startEmbedded({ dataDir, logger: { info: quiet, warn: quiet, error: console.error } })
  const url = new URL(cluster.superuserUrl)
  url.pathname = '/minsheng'
  const pool = new pg.Pool({ connectionString: url.toString(), max: 4 })
  return { pool, stop: () => pool.end() }
}

/** Time-ordered ids, made from the row's own moment: as the product makes them. */
function uuidAt(ms: number): string {
  const hex = randomBytes(10).toString('hex')
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${((Number.parseInt(hex.slice(3, 4), 16) & 3) | 8).toString(16)}${hex.slice(4, 7)}-${hex.slice(7, 19)}`.padEnd(36, '0')
}

const esc = (value: unknown): string => (value === null || value === undefined ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (c) => `\\${c === '\t' ? 't' : c === '\n' ? 'n' : c === '\r' ? 'r' : '\\'}`))

type Row = Record<string, unknown>
const tables = {
  order_order: ['tenant_id', 'id', 'number', 'enquiry_code', 'state', 'channel', 'registered_by', 'registered_by_name', 'registered_at', 'requester_name', 'contact_phone_hash', 'contact_last4_hash', 'contact_phone_mask', 'appeal_type', 'matter_id', 'matter_version', 'matter_name', 'title', 'content', 'area_code', 'address', 'urgency', 'lead_unit_id', 'lead_unit_name', 'stage_since_at', 'dispatched_at', 'closed_at', 'archived_at', 'close_kind', 'next_due_at', 'next_clock', 'reply', 'updated_at'],
  order_search: ['tenant_id', 'order_id', 'words'],
  order_assignment: ['tenant_id', 'id', 'order_id', 'unit_id', 'unit_name', 'role', 'route_mode', 'state', 'dispatched_at', 'dispatched_by_name', 'signed_at', 'signed_by_name', 'due_at', 'done_at'],
  order_party: ['tenant_id', 'unit_id', 'order_id', 'direct', 'open', 'registered_at'],
  order_clock: ['tenant_id', 'id', 'order_id', 'assignment_id', 'unit_id', 'kind', 'amount', 'basis', 'rule_text', 'started_at', 'due_at', 'yellow_at', 'state', 'met_at', 'yellow_done', 'red_done'],
  order_timeline: ['tenant_id', 'id', 'order_id', 'at', 'assignment_id', 'stage', 'act', 'actor_name', 'unit_id', 'unit_name', 'text', 'data', 'visibility', 'row_hash'],
} as const
type Table = keyof typeof tables

const DAY = 86_400_000
const acts = ['register', 'passReview', 'dispatch', 'sign', 'contact', 'handDown', 'feedback', 'acceptFeedback', 'acceptResult', 'callbackSatisfied']
const stages = ['pendingReview', 'pendingReview', 'pendingDispatch', 'inProgress', 'inProgress', 'inProgress', 'inProgress', 'inProgress', 'pendingResultReview', 'pendingCallback']

export async function addVolume(count: number): Promise<void> {
  const { pool, stop } = await openBase()
  const began = performance.now()
  const q = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await pool.query<T>(text)).rows
  const tenant = (await q<{ id: string; area_code: string }>("select t.id, t.area_code from platform_tenant t join (select tenant_id, count(*) n from platform_unit group by 1) u on u.tenant_id = t.id order by u.n desc limit 1"))[0]
  if (!tenant) throw new Error('no tenant: start the demo in data/bench first')
  const units = await q<{ id: string; name: string; path: string[]; kind: string }>(`select id, name, path, kind from platform_unit where tenant_id = '${tenant.id}' and kind <> 'centre'`)
  const matters = await q<{ id: string; name: string; version: number }>('select id, name, version from matter_matter limit 300')
  const samples = await q<{ title: string; content: string; address: string | null; area_code: string; appeal_type: string }>(`select title, content, address, area_code, appeal_type from order_order where tenant_id = '${tenant.id}' and import_key is null limit 2000`)
  const agent = (await q<{ registered_by: string; registered_by_name: string }>(`select registered_by, registered_by_name from order_order where tenant_id = '${tenant.id}' and registered_by is not null limit 1`))[0]
  if (samples.length === 0 || matters.length === 0) throw new Error('the base has no orders to vary')
  const texts = samples.map((s) => ({ ...s, tokens: searchTokens(`${s.title} ${s.address ?? ''} ${s.content}`) }))
  await pool.query("select kernel_ensure_months('order_timeline', (now() - interval '37 months')::date, (now() + interval '1 month')::date)")
  await pool.query('alter table order_timeline disable trigger user').catch(quiet)
  const gin = (await q<{ indexname: string; indexdef: string }>("select indexname, indexdef from pg_indexes where tablename = 'order_search' and indexdef like '%gin%'"))[0]
  if (gin) await pool.query(`drop index ${gin.indexname}`)

  const now = Date.now()
  const CHUNK = 20_000
  for (let start = 0; start < count; start += CHUNK) {
    const rows: Record<Table, string[]> = { order_order: [], order_search: [], order_assignment: [], order_party: [], order_clock: [], order_timeline: [] }
    const add = (table: Table, row: Row): void => void rows[table].push(tables[table].map((c) => esc(row[c])).join('\t'))
    for (let i = start; i < Math.min(count, start + CHUNK); i++) makeOrder({ i, count, now, tenant, units, matters, texts, agent: agent ?? { registered_by: '', registered_by_name: '座席' }, add })
    for (const table of Object.keys(tables) as Table[]) await copy(pool, table, rows[table])
    process.stdout.write(`\r  ${start + CHUNK}/${count} orders, ${Math.round((performance.now() - began) / 1000)} s`)
  }
  process.stdout.write('\n')
  if (gin) await pool.query(`set maintenance_work_mem = '1GB'; ${gin.indexdef}`)
  await pool.query('vacuum analyze')
  console.log(`  volume ready after ${Math.round((performance.now() - began) / 1000)} s`)
  await stop()
}

type Source = {
  i: number; count: number; now: number; tenant: { id: string; area_code: string }
  units: { id: string; name: string; path: string[] }[]; matters: { id: string; name: string; version: number }[]
  texts: { title: string; content: string; address: string | null; area_code: string; appeal_type: string; tokens: string[] }[]
  agent: { registered_by: string; registered_by_name: string }; add: (table: Table, row: Row) => void
}

function makeOrder({ i, count, now, tenant, units, matters, texts, agent, add }: Source): void {
  // Three years, evenly; the last two per cent are still open.
  const at = now - Math.floor(((count - i) / count) * 3 * 365 * DAY) - 3_600_000
  const open = i > count * 0.98
  const iso = (ms: number): string => new Date(ms).toISOString()
  const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T
  const unit = pick(units)
  const matter = pick(matters)
  const text = pick(texts)
  const id = uuidAt(at)
  const assignment = uuidAt(at + 60_000)
  const state = open ? pick(['inProgress', 'inProgress', 'inProgress', 'pendingResultReview', 'pendingReview', 'pendingDispatch', 'pendingCallback']) : 'archived'
  const phone = i % 300_000
  const due = at + 5 * DAY
  const dispatched = !['pendingReview', 'pendingDispatch'].includes(state)
  const mark = `B${i.toString(36)}`
  add('order_order', {
    tenant_id: tenant.id, id, number: `${iso(at).slice(2, 10).replaceAll('-', '')}${tenant.area_code}9${String(i).padStart(7, '0')}`, enquiry_code: 'BENC-HBEN', state, channel: pick(['phone', 'phone', 'portal']), registered_by: agent.registered_by || null, registered_by_name: agent.registered_by_name,
    registered_at: iso(at), requester_name: '陈某', contact_phone_hash: `bench-${phone}`, contact_last4_hash: `bench4-${phone % 10_000}`, contact_phone_mask: `199****${String(phone % 10_000).padStart(4, '0')}`, appeal_type: text.appeal_type, matter_id: matter.id, matter_version: matter.version, matter_name: matter.name,
    title: `${text.title} ${mark}`, content: text.content, area_code: text.area_code, address: text.address, urgency: 'normal', lead_unit_id: dispatched ? unit.id : null, lead_unit_name: dispatched ? unit.name : null, stage_since_at: iso(at), dispatched_at: dispatched ? iso(at + 60_000) : null,
    closed_at: open ? null : iso(at + 3 * DAY), archived_at: open ? null : iso(at + 4 * DAY), close_kind: open ? null : 'handled', next_due_at: open ? iso(due) : null, next_clock: open ? 'handling' : null, reply: open ? null : '已办理完毕。',
    updated_at: iso(at + DAY),
  })
  add('order_search', { tenant_id: tenant.id, order_id: id, words: [...text.tokens, mark.toLowerCase()].map((t) => `'${t.replaceAll("'", "''").replaceAll('\\', '')}'`).join(' ') })
  if (dispatched) {
    const done = state !== 'inProgress'
    add('order_assignment', { tenant_id: tenant.id, id: assignment, order_id: id, unit_id: unit.id, unit_name: unit.name, role: 'lead', route_mode: 'levelByLevel', state: done ? 'done' : pick(['pendingSign', 'handling', 'handling']), dispatched_at: iso(at + 60_000), dispatched_by_name: '派发员', signed_at: iso(at + 3_600_000), signed_by_name: '承办人员', due_at: iso(due), done_at: done ? iso(at + 2 * DAY) : null })
    for (const party of new Set([...unit.path, unit.id])) add('order_party', { tenant_id: tenant.id, unit_id: party, order_id: id, direct: party === unit.id, open, registered_at: iso(at) })
    add('order_clock', { tenant_id: tenant.id, id: uuidAt(at + 1), order_id: id, assignment_id: assignment, unit_id: unit.id, kind: 'handling', amount: 5, basis: 'workingDays', rule_text: '办理时限', started_at: iso(at), due_at: iso(due), yellow_at: iso(due - DAY), state: done ? 'met' : 'running', met_at: done ? iso(at + 2 * DAY) : null, yellow_done: true, red_done: true })
  }
  for (let k = 0; k < acts.length; k++) {
    const when = Math.min(now, at + k * 3_600_000)
    add('order_timeline', { tenant_id: tenant.id, id: uuidAt(when), order_id: id, at: iso(when), assignment_id: k > 2 ? assignment : null, stage: stages[k], act: acts[k], actor_name: '工作人员', unit_id: k > 2 ? unit.id : null, unit_name: unit.name, text: k === 6 ? '已联系诉求人并现场处理，问题得到解决。' : null, data: '{}', visibility: 'staff', row_hash: `\\x${'00'.repeat(32)}` })
  }
}

async function copy(pool: pg.Pool, table: Table, rows: string[]): Promise<void> {
  if (rows.length === 0) return
  const client = await pool.connect()
  try {
    const stream = client.query(copyFrom(`copy ${table} (${tables[table].join(', ')}) from stdin`))
    const size = 2000
    await pipeline(Readable.from((function* () { for (let i = 0; i < rows.length; i += size) yield `${rows.slice(i, i + size).join('\n')}\n` })()), stream)
    if (!stream.writableFinished) await once(stream, 'finish')
  } finally {
    client.release()
  }
}
