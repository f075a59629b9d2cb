// All that is proposed while a new order is written down, beside a base of a million: category, matter, unit, elements, title, and the
// duplicates. Models are trained on the base before, bands of all its orders are laid down as the product does it.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import { bandsFor } from '../server/src/domains/orders/duplicates/index-bands.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'
import { people, signIn, startProduct, type Session } from './product.ts'
import { benchData, openBase } from './volume.ts'

const FULL = 1_000_000
const ASKED = 400
const AT_ONCE = 4
const BATCH = 5000
const trained = ['category', 'matter', 'dispatch'] as const

/** Bands of every order that has none, oldest first, without leaving the batch in memory. */
async function layBands(pool: pg.Pool): Promise<void> {
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await pool.query<{ tenant_id: string; id: string; content: string; registered_at: Date }>('select o.tenant_id, o.id, o.content, o.registered_at from order_order o where o.id > $1 order by o.id limit $2', [last, BATCH])
    if (rows.length === 0) return
    last = rows.at(-1)?.id ?? last
    const lines = rows.map((row) => ({ tenant_id: row.tenant_id, order_id: row.id, registered_at: row.registered_at.toISOString(), bands: bandsFor(row.content) })).filter((row) => row.bands.length > 0)
    await pool.query('insert into order_band (tenant_id, order_id, registered_at, bands) select * from jsonb_to_recordset($1::jsonb) as x(tenant_id uuid, order_id uuid, registered_at timestamptz, bands int[]) on conflict do nothing', [JSON.stringify(lines)])
  }
}

/** Learns from the base and goes live; an application with too few confirmed orders stays untrained and is named in the notes. */
async function train(admin: Session): Promise<string[]> {
  const without: string[] = []
  for (const code of trained) {
    const begun = await admin.call('POST', `/api/ai/applications/${code}/train`, {})
    if (begun.status !== 200) { without.push(code); continue }
    for (let i = 0; i < 600; i++) {
      const model = (await admin.call('GET', `/api/ai/models?application=${code}`)).body.items.find((one: { id: string }) => one.id === begun.body.id)
      if (model?.state === 'evaluated') { await admin.call('POST', `/api/ai/models/${begun.body.id}/switch`, { reason: 'bench' }); break }
      if (model?.state === 'live') break
      if (model?.state === 'failed') { without.push(code); break }
      await setTimeout(1000)
    }
  }
  return without
}

/** A text like an earlier one, told by somebody else at another place: its bands hit, its person does not. */
const retold = (text: string, n: number): string => `${n % 3 === 0 ? '您好，' : ''}${text}${['请尽快处理。', '已经反映过多次。', '影响居民生活。'][n % 3] ?? ''}`

export async function benchSuggest(asked = ASKED): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const { pool, stop } = await openBase()
    await layBands(pool)
    await pool.query('analyze order_band')
    const base = (await pool.query<{ orders: number; bands: number; table: number; index: number }>("select (select count(*)::int from order_order) as orders, (select count(*)::int from order_band) as bands, pg_relation_size('order_band')::float8 as table, pg_relation_size('order_band_bands')::float8 as index")).rows[0] ?? { orders: 0, bands: 0, table: 0, index: 0 }
    const samples = (await pool.query<{ title: string; content: string; area_code: string; address: string | null; appeal_type: string }>('select title, content, area_code, address, appeal_type from order_order tablesample system (1) where length(content) >= 20 limit 400')).rows
    const texts = samples.length > 0 ? samples : (await pool.query<(typeof samples)[number]>('select title, content, area_code, address, appeal_type from order_order where length(content) >= 20 limit 400')).rows
    await stop()
    const all = await people(product.staff)
    const someone = async (role: string): Promise<Session> => {
      const person = all.find((one) => one.role === role)
      if (!person) throw new Error(`nobody of role ${role}`)
      return signIn(product.staff, person)
    }
    const [admin, ...agents] = [await someone('tenantAdmin'), ...(await Promise.all(all.filter((one) => one.role === 'agent').slice(0, AT_ONCE).map((one) => signIn(product.staff, one))))]
    const without = await train(admin)
    const [total, suggests, duplicates] = [[] as number[], [] as number[], [] as number[]]
    let [errors, found] = [0, 0]
    const ask = async (agent: Session, n: number, counts: boolean): Promise<void> => {
      const sample = texts[n % texts.length]
      if (!sample) throw new Error('no texts to ask about')
      const content = retold(sample.content, n)
      const began = performance.now()
      const [suggest, duplicate] = await Promise.all([
        agent.call('POST', '/api/ai/suggest', { objectType: 'draft', objectId: randomUUID(), title: sample.title, content, address: sample.address ?? '', appealType: sample.appeal_type, areaCode: sample.area_code }),
        agent.call('PUT', `/api/orders/duplicate-checks/${randomUUID()}`, { phone: `1990009${String(n % 10_000).padStart(4, '0')}`, title: sample.title.slice(0, 80), content, areaCode: sample.area_code, address: sample.address ?? '' }),
      ])
      if (!counts) return
      total.push(performance.now() - began)
      suggests.push(suggest.ms)
      duplicates.push(duplicate.ms)
      if (suggest.status !== 200 || duplicate.status !== 200) errors += 1
      else if (duplicate.body.samePerson.length + duplicate.body.sameMatter.length > 0) found += 1
    }
    for (let n = 0; n < 20; n++) await ask(agents[0] ?? admin, n, false)
    await Promise.all(agents.map(async (agent, at) => { for (let n = at; n < asked; n += agents.length) await ask(agent, n, true) }))
    const megabytes = (bytes: number): number => bytes / 2 ** 20
    const metrics = {
      'all proposals p95': most(percentile(total, 95), 'ms', 500), 'all proposals p50': figure(percentile(total, 50), 'ms'), 'models and elements p95': figure(percentile(suggests, 95), 'ms'), 'duplicates p95': figure(percentile(duplicates, 95), 'ms'), errors: most(errors, '', 0), 'checks that found something': least(found / Math.max(1, total.length), 'share', 0.5),
      'bands, table': figure(megabytes(base.table), 'MiB'), 'bands, index': figure(megabytes(base.index), 'MiB'), 'bands an order': figure((base.table + base.index) / Math.max(1, base.bands), 'bytes'), 'memory of the server': figure(product.memoryMb(), 'MiB'),
    }
    const notes = [`${AT_ONCE} agents at once, ${asked} orders being written; models and duplicates are asked side by side, as the desk does`, 'bands live in PostgreSQL, none of them in the memory of the server', ...(without.length > 0 ? [`untrained, too few confirmed orders in this base: ${without.join(', ')}`] : [])]
    if (base.orders >= FULL) writeResult('suggest-1m', { command: 'npm run bench -- suggest-1m', base: `${base.orders} orders, ${base.bands} of them with bands`, metrics, notes })
    else console.log([`  ${base.orders} orders, ${base.bands} with bands: too few for a result file`, ...Object.entries(metrics).map(([name, m]) => `  ${name}: ${m.value} ${m.unit}`), ...notes].join('\n'))
  } finally {
    await product.stop()
  }
}
