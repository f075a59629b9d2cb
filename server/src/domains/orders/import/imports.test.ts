// Imports on a real database: through the engine as the command line calls it, and through page and job.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import { importJob } from './import-job.ts'
import { describeImport, FailedRows, importOrders, mappingFor, sourceOfName } from './index.ts'

let app: TestApp
let dir = ''
beforeAll(async () => {
  app = await testApp()
  dir = await mkdtemp(join(tmpdir(), 'imports-'))
})
afterAll(async () => {
  await app.stop()
  await rm(dir, { recursive: true, force: true })
})

async function run(path: string, name = path) {
  const file = await describeImport(name, path)
  const failed = new FailedRows(file.kind)
  const counts = await importOrders((fn) => app.command(fn), { content: path, kind: file.kind, mapping: mappingFor(file, undefined), source: sourceOfName(name), defaultType: 'other' }, failed, async () => ({ cancelled: false }))
  const content = await failed.content()
  const errors = content ? await text(content) : null
  await failed.remove()
  return { counts, errors }
}
const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => (await query.execute(app.app.runtime.db.withoutPlugins())).rows

test('坏行进错误文件并说明原因，好行照登；再导一次什么也不增加', async () => {
  const path = join(dir, '信箱.csv')
  await writeFile(path, '编号,主题,详情,时间,用户,联系电话,点赞数\n1,路灯坏了,三盏灯不亮,2019/2/14 20:00:00,U1,,3\n2,,,2019-08-01,U1,,0\n3,噪声,半夜施工,乱写,U2,,0\n4,漏水,水管漏水,2019-08-02,U1,12,0\n5,占道,占道经营,2019-08-03,U3,,1\n1,路灯坏了,重复行,2019/2/14,U1,,3\n')
  const first = await run(path)
  expect(first.counts).toMatchObject({ read: 6, created: 2, skipped: 1, failed: 3 })
  expect(first.errors?.split('\r\n').slice(0, 4)).toEqual([
    '编号,主题,详情,时间,用户,联系电话,点赞数,原因',
    '2,,,2019-08-01,U1,,0,第 3 行：没有标题也没有内容',
    '3,噪声,半夜施工,乱写,U2,,0,第 4 行：时间“乱写”读不懂',
    '4,漏水,水管漏水,2019-08-02,U1,12,0,第 5 行：电话号码格式不正确',
  ])
  const again = await run(path)
  expect(again.counts).toMatchObject({ created: 0, skipped: 3, failed: 3 })
  const orders = await rows(sql<{ title: string; occurred_at: Instant; registered_at: Instant; channel: string; extra: unknown; requester_id: string }>`select * from order_order where import_source = ${sourceOfName(path)} order by registered_at, id`)
  expect(orders.map((o) => o.title)).toEqual(['路灯坏了', '占道'])
  expect(orders[0]).toMatchObject({ channel: 'import', extra: { 点赞数: 3, 编号: '1' } })
  expect(toIso(orders[0]?.occurred_at as Instant)).toBe('2019-02-14T12:00:00.000Z')
  expect(orders[0]?.registered_at).toBe(app.clock.now())
})

test('同一用户的多件诉求归到一个诉求人', async () => {
  const path = join(dir, '用户.jsonl.gz')
  await writeFile(path, gzipSync(['a', 'b', 'c'].map((t, i) => JSON.stringify({ 留言编号: String(i), 留言用户: i === 2 ? 'Y' : 'X', 留言主题: `主题${t}`, 留言详情: `详情${t}`, 留言时间: '2020-01-02 00:00:00' })).join('\n')))
  expect((await run(path)).counts).toMatchObject({ created: 3, failed: 0 })
  const people = await rows(sql<{ n: number }>`select count(*)::int as n from order_order where import_source = ${sourceOfName(path)} group by requester_id order by 1`)
  expect(people).toEqual([{ n: 1 }, { n: 2 }])
})

test('页面导入：预览、任务进度、错误文件，只有有权的人可以', async () => {
  const admin = await app.as('businessAdmin')
  const upload = await admin.upload('/api/attachments?place=import', { name: '表.csv', type: 'text/csv', content: Buffer.from('标题,内容,类型\n井盖缺失,路口井盖缺失,求助\n坏行,坏行,不存在的类型\n') })
  expect(upload.status).toBe(200)
  const fileId = upload.body.id
  expect((await (await app.as('agent')).post('/api/imports', { fileId })).status).toBe(403)
  expect((await (await app.as('tenantAdmin')).post('/api/imports/preview', { fileId })).status).toBe(404) // 别人的上传
  const preview = await admin.post('/api/imports/preview', { fileId })
  expect(preview.body).toMatchObject({ kind: 'csv', columns: ['标题', '内容', '类型'], mapping: { title: '标题', content: '内容', appealType: '类型' } })
  expect(preview.body.rows.map((r: { errors: string[] }) => r.errors)).toEqual([[], ['诉求类型“不存在的类型”不存在']])
  expect((await admin.post('/api/imports', { fileId, mapping: { title: '没有这列' } })).body).toMatchObject({ status: 422, fields: [{ path: 'mapping.title' }] })
  const started = await admin.post('/api/imports', { fileId })
  expect(started.status).toBe(200)
  const { tenantId } = await app.actor('businessAdmin')
  await importJob.run((fn) => app.command(fn), { tenantId, taskId: started.body.taskId }, { attempt: 1, maxAttempts: 3 })
  const task = await admin.get(`/api/tasks/${started.body.taskId}`)
  expect(task.body).toMatchObject({ state: 'done', failedRows: 1, result: { created: 1, skipped: 0, failed: 1 }, failedFile: { name: '未导入-表.csv' } })
  expect((await admin.get(`/api/tasks/${started.body.taskId}/file?part=failed`)).body).toContain('诉求类型“不存在的类型”不存在')
})

const real = process.env['MINSHENG_REAL_DATA']
test.skipIf(!real || !existsSync(real))('真实留言全部登记，再导一次什么也不增加（设 MINSHENG_REAL_DATA 后运行）', async () => {
  const path = real ?? ''
  const first = await run(path)
  expect(first).toMatchObject({ counts: { created: first.counts.read, skipped: 0, failed: 0 }, errors: null })
  expect((await run(path)).counts).toMatchObject({ created: 0, skipped: first.counts.read, failed: 0 })
}, 600_000)
