// Knowledge search at 20,000 items: articles of real laws, cut as the product cuts them. Queries come from the articles' own words,
// everyday questions, synonyms, homophones and pinyin; a hit without its item counts as an error.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { cutText } from '../server/src/domains/knowledge/search/passages.ts'
import { pinyinKey, searchTokens } from '../server/src/kernel/text/index.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'
import { people, signIn, startProduct } from './product.ts'
import { benchData, openBase } from './volume.ts'

const ITEMS = 20_000
const laws = join(process.env['MINSHENG_REAL_DATA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data', 'real'), 'laws_hotline_topics.jsonl.gz')

type Article = { title: string; text: string }

/** Articles of all laws, one item each; repeated with a mark until there are enough. */
function articles(): Article[] {
  const found = gunzipSync(readFileSync(laws)).toString('utf8').split('\n').filter(Boolean).flatMap((line) => {
    const law = JSON.parse(line) as { title: string; text: string }
    const name = law.title.replace(/\(.*\)$/, '')
    return [...law.text.matchAll(/(第[一二三四五六七八九十百零]+条)[\s　]+([\s\S]*?)(?=\n第[一二三四五六七八九十百零]+条|$)/g)].map(([, no = '', text = '']) => ({ title: `${name} ${no}`, text: text.trim().slice(0, 3000) }))
  })
  return Array.from({ length: ITEMS }, (_, at) => found[at % found.length] ?? { title: '', text: '' }).map((one, at) => (at < found.length ? one : { ...one, title: `${one.title} 续` }))
}

async function fill(pool: pg.Pool, tenantId: string): Promise<void> {
  const { rows: had } = await pool.query<{ n: number }>(`select count(*)::int as n from knowledge_item where tenant_id = $1 and created_by_name = 'bench'`, [tenantId])
  if ((had[0]?.n ?? 0) >= ITEMS) return
  const { rows: place } = await pool.query<{ directory: string; path: string[]; unit: string; name: string }>(`select d.id as directory, d.path, u.id as unit, u.name from knowledge_directory d, platform_unit u where d.tenant_id = $1 and u.tenant_id = $1 and u.kind = 'centre' limit 1`, [tenantId])
  const at = place[0]
  if (!at) throw new Error('the base has no directory of knowledge')
  const list = articles()
  for (let from = 0; from < list.length; from += 500) {
    const rows = list.slice(from, from + 500).map((one, i) => ({
      code: `B${String(from + i).padStart(6, '0')}`, title: one.title.slice(0, 120), key: pinyinKey(one.title).slice(0, 2000), name: searchTokens(one.title),
      passages: [{ part: 'title', text: one.title, d: [] as string[] }, ...cutText([{ heading: false, text: one.text }]).map((passage) => ({ part: 'body', text: passage.text, d: searchTokens(passage.text) }))],
    }))
    await pool.query(`with r as (select gen_random_uuid() as id, x.* from jsonb_to_recordset($1::jsonb) as x(code text, title text, key text, name text[], passages jsonb)),
      i as (insert into knowledge_item (tenant_id, id, code, type_code, directory_id, directory_ids, title, owner_unit_id, owner_unit_name, audience, state, version_number, published_at, title_key, created_by_name, created_at, changed_at)
        select $2, id, code, 'statute', $3, $4, title, $5, $6, 'public', 'published', 1, now(), key, 'bench', now(), now() from r)
      insert into knowledge_passage (tenant_id, item_id, no, part, text, tokens)
        select $2, r.id, p.no - 1, p.value->>'part', p.value->>'text', setweight(array_to_tsvector(r.name), 'A') || setweight(array_to_tsvector(array(select jsonb_array_elements_text(p.value->'d'))), 'D') from r, jsonb_array_elements(r.passages) with ordinality p(value, no)`,
      [JSON.stringify(rows), tenantId, at.directory, at.path, at.unit, at.name])
  }
  await pool.query('analyze knowledge_item, knowledge_passage')
}

/** Two or three telling words of every so many-th article, and fixed everyday questions. */
function questions(): string[] {
  const list = articles()
  const own = Array.from({ length: 300 }, (_, at) => searchTokens(list[(at * 61) % list.length]?.text ?? '').filter((word) => word.length >= 2).slice(3, 6).join(' '))
  return [...own, '拖欠工资怎么投诉', '物业费可以不交吗', '噪声扰民 夜间', '医疗保险 报销', '消费者 退货', '劳动合同', '劳动和同', 'laodonghetong', '供热 退费；燃气 停气', '房屋租赁押金'].filter(Boolean)
}

export async function benchSearch(data = benchData, seconds = 20): Promise<void> {
  if (!existsSync(laws)) return void console.log(`  · 没有法律条文数据（${laws}），跳过`)
  const product = await startProduct(data)
  try {
    const base = await openBase(data)
    try {
      const { rows } = await base.pool.query<{ id: string }>(`select tenant_id as id from knowledge_directory limit 1`)
      await fill(base.pool, rows[0]?.id ?? '')
    } finally {
      await base.stop()
    }
    const agent = (await people(product.staff)).find((one) => one.role === 'agent')
    if (!agent) throw new Error('no agent in the base')
    const session = await signIn(product.staff, agent)
    const asked = questions()
    const ask = (at: number) => session.call('GET', `/api/knowledge/search?limit=10&q=${encodeURIComponent(asked[at % asked.length] ?? '')}`)
    for (let at = 0; at < 40; at++) await ask(at)
    const alone: number[] = []
    let empty = 0
    for (let at = 0; at < asked.length; at++) {
      const answer = await ask(at)
      alone.push(answer.ms)
      if (answer.status !== 200 || answer.body.count === 0) empty += 1
    }
    const times: number[] = []
    let [next, errors] = [0, 0]
    const began = performance.now()
    const before = product.cpu()
    const worker = async (): Promise<void> => {
      while (performance.now() - began < seconds * 1000) {
        const answer = await ask(next++)
        times.push(answer.ms)
        if (answer.status !== 200) errors += 1
      }
    }
    await Promise.all(Array.from({ length: 16 }, worker))
    const passed = (performance.now() - began) / 1000
    const cpu = product.cpu()
    writeResult('search-20k', {
      command: 'npm run bench -- search', base: `${ITEMS} articles of laws beside the demo city`,
      metrics: { 'one at a time: p50': figure(percentile(alone, 50), 'ms'), 'one at a time: p95': most(percentile(alone, 95), 'ms', 100), '16 at once: rate': least(times.length / passed, 'queries/s', 300), '16 at once: p95': most(percentile(times, 95), 'ms', 100), '16 at once: server processor time': figure((cpu.server - before.server) / times.length, 'ms/query'), '16 at once: database processor time': figure((cpu.database - before.database) / times.length, 'ms/query'), 'without a hit': figure(empty, `of ${asked.length}`), errors: most(errors, 'requests', 0) },
      notes: ['queries: words of the articles themselves, everyday questions, synonyms, a homophone and pinyin', 'rights, validity and facets are part of every query'],
    })
  } finally {
    await product.stop()
  }
}
