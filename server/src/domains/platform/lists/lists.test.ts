import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { writePdf } from './write-pdf.ts'
import { sql } from 'kysely'
import { readRows } from '../../../kernel/sheets/index.ts'
import { storagePort } from '../attachments/upload-file.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { todoSources } from '../home/index.ts'
import { lineCity, type LineCity } from '../testing/line-city.ts'
import { exportJob } from './export-job.ts'
import { createTask, exportSources, finishTask, updateTask, type ExportSource } from './index.ts'

let city: LineCity
let rows: Record<string, string | number>[] = []
let betweenPages: (page: number) => Promise<void> = async () => undefined

const source: ExportSource = {
  page: 'things', title: '测试清单', permission: 'platform.exportTest',
  columns: [{ key: 'number', label: '编号' }, { key: 'title', label: '标题' }, { key: 'unit', label: '单位' }],
  async *rows(ctx, filter, columns) {
    const wanted = rows.filter((row) => filter['unit'] === undefined || row['unit'] === filter['unit'])
    for (let at = 0; at < wanted.length; at += 2) {
      await betweenPages(at / 2)
      yield wanted.slice(at, at + 2).map((row) => Object.fromEntries(columns.map((key) => [key, key === 'unit' ? `${row[key]}/${ctx.actor.name}` : (row[key] ?? null)])))
    }
  },
  count: async (_ctx, filter) => rows.filter((row) => filter['unit'] === undefined || row['unit'] === filter['unit']).length,
}

beforeAll(async () => {
  city = await lineCity()
  exportSources.add(() => [source])
  todoSources.add(async () => ({ cards: [{ id: 'things.open', title: '测试', value: 3, link: '/things', todo: true }], todo: [{ id: '2', kind: '测', title: '无时限', link: '/2' }, { id: '1', kind: '测', title: '有时限', link: '/1', dueAt: city.app.clock.now() }] }))
})
afterAll(() => city.stop())
beforeEach(() => {
  rows = Array.from({ length: 5 }, (_, at) => ({ number: at + 1, title: `诉求${at + 1}`, unit: at % 2 ? '甲' : '乙' }))
  betweenPages = async () => undefined
})

const start = async (body: Record<string, unknown> = {}, who = 'admin') => (await city.app.as(who)).post('/api/exports', { page: 'things', columns: ['number', 'title'], format: 'csv', ...body })
const work = (taskId: string, attempt = 1) => city.runJob(exportJob, { tenantId: city.tenant, taskId }, attempt)
const task = async (id: string, who = 'admin') => (await (await city.app.as(who)).get(`/api/tasks/${id}`)).body
const download = async (id: string) => (await (await city.app.as('admin')).get(`/api/tasks/${id}/file`)).body as string

test('导出内容与列表一致，按所选列，末行有水印', async () => {
  const { body } = await start({ filter: { unit: '乙' }, columns: ['title', 'unit'] })
  expect(body).toEqual({ taskId: expect.any(String), count: 3, background: false })
  await work(body.taskId)
  expect(await task(body.taskId)).toMatchObject({ state: 'done', done: 3, total: 3, file: { name: expect.stringMatching(/^测试清单-.*\.csv$/) }, acts: [] })
  const text = await download(body.taskId)
  expect(text.charCodeAt(0)).toBe(0xfeff)
  const lines = text.slice(1).trim().split('\r\n')
  expect(lines.slice(0, 4)).toEqual(['标题,单位', '诉求1,乙/管理员戊', '诉求3,乙/管理员戊', '诉求5,乙/管理员戊'])
  expect(lines[4]).toMatch(/共 3 条 · 导出人 管理员戊（热线中心） · 2026-11-/)
})

test('XLSX 与 CSV 行数相同', async () => {
  const { body } = await start({ format: 'xlsx' })
  await work(body.taskId)
  const { file } = await task(body.taskId)
  const key = (await city.app.query((ctx) => sql<{ storage_key: string }>`select storage_key from kernel_file where tenant_id = ${city.tenant} and id = ${file.id}`.execute(ctx.db()), { tenantId: city.tenant })).rows[0]?.storage_key ?? ''
  const read: unknown[] = []
  for await (const line of readRows(() => storagePort().get(key), 'xlsx')) read.push(line.values)
  expect(read).toHaveLength(6)
  expect(read[4]).toEqual({ 编号: '5', 标题: '诉求5' })
})

test('以公式开头的单元格被中和', async () => {
  rows = [{ number: 1, title: '=HYPERLINK("http://x")', unit: '甲' }, { number: -5, title: '+1+cmd', unit: '甲' }, { number: 2, title: '@SUM(A1)', unit: '甲' }]
  const { body } = await start()
  await work(body.taskId)
  const text = await download(body.taskId)
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(text).toContain("-5,'+1+cmd")
  expect(text).toContain("'@SUM(A1)")
})

test('超过上限的导出被拒绝并说明行数，无权、未知页面和未知列也被拒绝', async () => {
  rows = { length: 100_001, filter: () => ({ length: 100_001 }) } as never
  expect(await start()).toMatchObject({ status: 422, body: { code: 'platform.exportTooLarge', title: expect.stringContaining('100000') } })
  rows = []
  expect((await start({}, 'handler')).status).toBe(403)
  expect((await start({ page: 'nothing' })).body.code).toBe('platform.unknownExport')
  expect(await start({ columns: ['number', 'secret'] })).toMatchObject({ status: 422, body: { code: 'platform.unknownColumns', fields: [{ path: 'columns' }] } })
})

test('取消：等待中的立即结束，进行中的在下一页停止且不留文件', async () => {
  const admin = await city.app.as('admin')
  const waiting = await start()
  expect((await admin.post(`/api/tasks/${waiting.body.taskId}/cancel`)).body).toMatchObject({ state: 'cancelled', acts: ['retry'] })
  await work(waiting.body.taskId)
  expect((await task(waiting.body.taskId)).file).toBeNull()

  rows = Array.from({ length: 40 }, (_, at) => ({ number: at, title: 'x', unit: '甲' }))
  const running = await start()
  betweenPages = async (page) => {
    if (page === 1) expect((await admin.post(`/api/tasks/${running.body.taskId}/cancel`)).body).toMatchObject({ state: 'running', cancelling: true, acts: [] })
  }
  await work(running.body.taskId)
  expect(await task(running.body.taskId)).toMatchObject({ state: 'cancelled', file: null })
  expect((await admin.post(`/api/tasks/${running.body.taskId}/cancel`)).body.code).toBe('platform.taskOver')
})

test('执行时按本人当时的权限：权限被收回则失败；重试新建任务', async () => {
  const { body } = await start()
  await city.app.command(async (ctx) => {
    await sql`delete from platform_role_permission where tenant_id = ${city.tenant} and permission = 'platform.exportTest'`.execute(ctx.db())
    await sql`update platform_version set stamp = gen_random_uuid() where key = 'rights'`.execute(ctx.db())
  }, { tenantId: city.tenant })
  await work(body.taskId)
  expect(await task(body.taskId)).toMatchObject({ state: 'failed', error: expect.stringContaining('权限'), acts: ['retry'] })
  expect((await (await city.app.as('admin')).post(`/api/tasks/${body.taskId}/retry`)).status).toBe(403)
  await city.app.command(async (ctx) => {
    await sql`insert into platform_role_permission (tenant_id, role_id, permission, scope) select tenant_id, id, 'platform.exportTest', 'tenant' from platform_role where tenant_id = ${city.tenant} and code = 'test-admin'`.execute(ctx.db())
    await sql`update platform_version set stamp = gen_random_uuid() where key = 'rights'`.execute(ctx.db())
  }, { tenantId: city.tenant })
  const again = await (await city.app.as('admin')).post(`/api/tasks/${body.taskId}/retry`)
  expect(again.body).toMatchObject({ state: 'queued', total: 5 })
  await work(again.body.id)
  expect((await task(again.body.id)).state).toBe('done')
})

test('意外错误先由作业重试，最后一次才标为失败', async () => {
  const { body } = await start()
  betweenPages = async () => {
    throw new Error('磁盘满')
  }
  await expect(work(body.taskId)).rejects.toThrow('磁盘满')
  expect((await task(body.taskId)).state).not.toBe('failed')
  await work(body.taskId, 2)
  expect(await task(body.taskId)).toMatchObject({ state: 'failed', error: '导出出错，请重试；再次失败请联系管理员' })
})

test('任务和结果只有本人能看，七天后清除，完成时有通知', async () => {
  const { body } = await start()
  await work(body.taskId)
  const { file } = await task(body.taskId)
  const admin = await city.app.as('admin')
  expect((await admin.get('/api/messages')).body.items[0].title).toContain('导出完成')
  expect((await admin.get(`/api/attachments/${file.id}`)).status).toBe(200)
  for (const who of ['handler', 'neighbour']) {
    const other = await city.app.as(who)
    expect((await other.get(`/api/tasks/${body.taskId}`)).status).toBe(404)
    expect((await other.get(`/api/tasks/${body.taskId}/file`)).status).toBe(404)
    expect((await other.get(`/api/attachments/${file.id}`)).status).toBe(404)
    expect((await other.post(`/api/tasks/${body.taskId}/cancel`)).status).toBe(404)
  }
  city.app.clock.advance(7 * DAY + 1000)
  expect((await admin.get(`/api/attachments/${file.id}`)).status).toBe(404)
  await city.app.runTimers()
  expect((await task(body.taskId)).file).toBeNull()
  const { rows: audits } = await city.app.query((ctx) => sql<{ act: string }>`select act from kernel_audit where tenant_id = ${city.tenant} and object_id = ${body.taskId} order by at`.execute(ctx.db()), { tenantId: city.tenant })
  expect(audits.map((a) => a.act)).toContain('export')
})

test('任务登记为通用：进度、取消、结束各一次', async () => {
  const own = <T>(fn: Parameters<typeof city.app.command<T>>[0]) => city.app.command(fn, 'admin')
  const id = await own((ctx) => createTask(ctx, { kind: 'orders.import', title: '导入', total: 10 }))
  expect(await own((ctx) => updateTask(ctx, id, { done: 4, failed: 1 }))).toEqual({ cancelled: false })
  expect(await task(id)).toMatchObject({ state: 'running', done: 4, failedRows: 1, total: 10 })
  expect(await own((ctx) => finishTask(ctx, id, { state: 'done', done: 10, result: { created: 9 } }))).toBe(true)
  expect(await own((ctx) => finishTask(ctx, id, { state: 'failed', error: 'x' }))).toBe(false)
  expect(await task(id)).toMatchObject({ state: 'done', result: { created: 9 }, error: null })
  expect(await own((ctx) => updateTask(ctx, id, { done: 11 }))).toEqual({ cancelled: true })
})

test('保存的视图：私有只有自己见，共享须有权，角色视图只给该角色', async () => {
  const admin = await city.app.as('admin')
  const handler = await city.app.as('handler')
  const mine = await handler.post('/api/saved-queries', { page: 'things', name: '我的', filter: { unit: ['甲'] }, q: '水', sort: '-number', columns: ['number'], starred: true })
  expect(mine.body).toMatchObject({ name: '我的', shared: false, own: true, q: '水', sort: '-number', columns: ['number'], starred: true })
  expect((await handler.post('/api/saved-queries', { page: 'things', name: '我的', filter: {} })).body.code).toBe('platform.queryNameTaken')
  expect((await handler.post('/api/saved-queries', { page: 'things', name: '大家的', filter: {}, shared: true })).status).toBe(403)
  const shared = await admin.post('/api/saved-queries', { page: 'things', name: '大家的', filter: {}, shared: true })
  await admin.post('/api/saved-queries', { page: 'things', name: '站长的', filter: {}, roleCode: 'test-stationLeader' })
  const names = async (who: string) => (await (await city.app.as(who)).get('/api/saved-queries?page=things')).body.items.map((v: { name: string }) => v.name).toSorted()
  expect(await names('handler')).toEqual(['大家的', '我的'].toSorted())
  expect(await names('stationleader')).toEqual(['大家的', '站长的'].toSorted())
  expect(await names('neighbour')).toEqual([])
  expect((await handler.patch(`/api/saved-queries/${shared.body.id}`, { name: '改' })).status).toBe(403)
  expect((await (await city.app.as('stationleader')).patch(`/api/saved-queries/${mine.body.id}`, { name: '改' })).status).toBe(404)
  expect((await handler.patch(`/api/saved-queries/${mine.body.id}`, { filter: { unit: ['乙'] }, version: 1 })).body).toMatchObject({ filter: { unit: ['乙'] }, version: 2 })
  expect((await handler.patch(`/api/saved-queries/${mine.body.id}`, { name: '旧', version: 1 })).status).toBe(409)
  expect((await handler.delete(`/api/saved-queries/${mine.body.id}`)).status).toBe(200)
})

test('列表布局按人保存', async () => {
  const handler = await city.app.as('handler')
  expect((await handler.get('/api/list-layouts/things')).body).toEqual({ layout: null })
  await handler.put('/api/list-layouts/things', { layout: { columns: ['number'] } })
  await handler.put('/api/list-layouts/things', { layout: { columns: ['title'] } })
  expect((await handler.get('/api/list-layouts/things')).body).toEqual({ layout: { columns: ['title'] } })
  expect((await (await city.app.as('admin')).get('/api/list-layouts/things')).body).toEqual({ layout: null })
})

test('首页：卡片、按时限排序的待办、角标；没有数据也给零', async () => {
  const client = await city.app.as('smsreader')
  const home = await client.get('/api/home')
  expect(home.status).toBe(200)
  expect(home.body.cards).toContainEqual({ id: 'things.open', title: '测试', value: 3, link: '/things', hidden: false })
  expect(home.body.cards.find((c: { id: string }) => c.id === 'flow.tasks')).toMatchObject({ value: 0 })
  expect(home.body.todo.map((t: { title: string }) => t.title)).toEqual(['有时限', '无时限'])
  expect((await client.get('/api/home/counts')).body.counts).toMatchObject({ 'things.open': { value: 3 }, 'home.todo': { value: 3, capped: false }, 'messages.unread': { value: 0, capped: false }, 'tasks.running': { value: 0 } })
})

test('真实的作业进程完成导出，进行中可取消', async () => {
  await city.app.app.start()
  const admin = await city.app.as('admin')
  const finished = async (id: string): Promise<string> => {
    for (;;) {
      const { state } = await task(id)
      if (state !== 'queued' && state !== 'running') return state
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  const plain = await start()
  expect(await finished(plain.body.taskId)).toBe('done')
  rows = Array.from({ length: 2000 }, (_, at) => ({ number: at, title: 'x', unit: '甲' }))
  const long = await start()
  betweenPages = async (page) => {
    if (page === 1) await admin.post(`/api/tasks/${long.body.taskId}/cancel`)
    await new Promise((done) => setTimeout(done, 20))
  }
  expect(await finished(long.body.taskId)).toBe('cancelled')
})

test('PDF 导出分页排版', async () => {
  const pdf = await writePdf({ title: '清单', columns: [{ key: 'a', label: '编号' }, { key: 'b', label: '标题', width: 30 }], rows: Array.from({ length: 60 }, (_, n) => ({ a: n, b: '路灯不亮' })) }, { watermark: '张某', foot: '仅限工作使用' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
})
