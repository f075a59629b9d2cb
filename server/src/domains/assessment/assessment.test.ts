// Levels, trials, running figures and withdrawal over HTTP.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applySetting } from '../platform/index.ts'
import { assessmentExports } from './export-scores.ts'
import { lockPeriod } from './assessment.queries.ts'
import { followChanges, takeLive } from './live.ts'
import { month, type Month } from './testing/month.ts'
import { upperImportJob } from './upper/import-detail.ts'

let m: Month
let period: { id: string }
beforeAll(async () => {
  m = await month()
  await m.answered('T-URBAN', ['yes', 'yes', 'yes'])
  await m.answered('T-HEAT', ['yes', 'no', 'no'])
  period = await m.opened('2026-11-15')
}, 60_000)
afterAll(() => m.app.stop())
const admin = () => m.who('businessAdmin')

describe('ASM-19 实时成绩', () => {
  test('随回访逐件更新，等于重新采集；单位看本单位实时成绩，考核期本身仍不存在', async () => {
    await m.app.command(async (ctx) => takeLive(ctx, await lockPeriod(ctx, period.id)))
    expect(await m.shown(period.id)).toMatchObject({ standing: 'live' })
    await m.answered('T-URBAN', ['yes', 'yes', 'no'])
    await m.app.command(followChanges)
    const byEvents = await m.scores(period.id)
    expect(byEvents['测试市城管局']).toMatchObject({ total: '82.50', rank: 1 }) // 30 + 35 + 1/2×35
    await m.app.command(async (ctx) => takeLive(ctx, await lockPeriod(ctx, period.id)))
    const anew = await m.scores(period.id)
    expect(anew).toEqual(byEvents)
    const mine = (await m.ok(m.who('unitLeader').get('/api/assessment/mine'))).items
    expect(mine).toMatchObject([{ objectName: '测试市城管局', asPublished: null, live: { total: '82.50', rank: 1 } }])
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}`)).status).toBe(404)
    expect((await m.ok(m.who('leader').get('/api/assessment/mine'))).items).toEqual([])
  })
  test('未结束的考核期不能核算', async () => {
    expect(await admin().post(`/api/assessment/periods/${period.id}/run`, { reason: '' })).toMatchObject({ status: 409, body: { code: 'assessment.notOver' } })
  })
})

describe('ASM-02 ASM-04 ASM-22 层级、试算、模拟、撤回', () => {
  test('在用的层级不能删除；重复添加的单位逐个说明；别的租户的单位不收', async () => {
    expect(await admin().delete(`/api/assessment/levels/${m.level.id}`)).toMatchObject({ status: 409, body: { code: 'assessment.levelInUse' } })
    const { added, skipped } = await m.ok(admin().post(`/api/assessment/levels/${m.level.id}/units`, { unitIds: [m.units['T-URBAN'], m.units['C-URBAN'], m.units['O-URBAN']], fromDay: '2026-11-01' }))
    expect({ added, reasons: skipped.map((s: { reason: string }) => s.reason) }).toEqual({ added: 0, reasons: ['已是考核对象', '没有这个机构', '没有这个机构'] })
    expect((await m.who('otherAdmin').get(`/api/assessment/levels/${m.level.id}/objects`)).status).toBe(404)
  })

  test('试算列出每个单位的差别，什么也不留下；模拟等于按公式重算；撤回后单位看不到，原结果保留', async () => {
    m.app.clock.set('2026-12-01T09:00:00+08:00')
    const run = await m.run(period.id)
    expect(await admin().post(`/api/assessment/periods/${period.id}/run`, { reason: '' })).toMatchObject({ status: 422, body: { code: 'assessment.rerunReason' } })
    const items = m.definition().items.map((i, n) => ({ ...i, weight: [100, 0, 0][n] }))
    const runs = async () => (await m.rows(sql`select 1 from assessment_run`)).length + (await m.rows(sql`select 1 from assessment_snapshot`)).length
    const before = await runs()
    const trial = await m.ok(admin().post(`/api/assessment/periods/${period.id}/trial`, { definition: m.definition({ items }) }))
    expect(trial.items.find((r: { name: string }) => r.name === '测试市供热办')).toMatchObject({ before: '30.00', after: '100.00', difference: '70.00', rankBefore: 2, rankAfter: 1 })
    expect(await runs()).toBe(before)
    await m.publish(period.id, run?.id ?? '')
    const object = (await m.objects())['T-HEAT'].id
    // 解决率 0 → 50：30 + 17.5
    expect(await m.ok(m.who('unitLeader2').post(`/api/assessment/periods/${period.id}/objects/${object}/simulate`, { item: 'solved', value: 50 }))).toEqual({ total: '47.50', rank: 2, totalNow: '30.00', rankNow: 2, gain: '17.50' })
    expect((await m.who('unitLeader').post(`/api/assessment/periods/${period.id}/withdraw`, { reason: 'x' })).status).toBe(403)
    await m.ok(m.who('leader').post(`/api/assessment/periods/${period.id}/withdraw`, { reason: '数据有误' }))
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}`)).status).toBe(404)
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}?runId=${run?.id}`)).status).toBe(404)
    expect(await m.ok(m.who('leader').get(`/api/assessment/periods/${period.id}?runId=${run?.id}`))).toMatchObject({ run: { state: 'withdrawn' } })
  })

  test('循环引用的指标写进规则被拒', async () => {
    await m.app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'indicator.review', false, '测试'), 'tenantAdmin')
    await m.ok(admin().post('/api/data/indicators', { code: 'half', name: '一半', definition: { kind: 'derived', unit: '%', scale: 2, direction: 'up', statement: '一半', formula: 'solvedRate / 2' } }))
    await m.rows(sql`insert into data_indicator (tenant_id, code, name, shipped, changed_at, changed_by_name) select tenant_id, 'solvedRate', '解决率', true, now(), 'x' from data_indicator where code = 'half'`)
    await m.rows(sql`insert into data_indicator_version (tenant_id, code, version, from_day, definition, at, by_name) select tenant_id, 'solvedRate', 2, '2030-01-01', '{"kind":"derived","unit":"%","scale":2,"direction":"up","statement":"x","formula":"half * 2"}'::jsonb, now(), 'x' from data_indicator where code = 'half'`)
    const items = [{ code: 'a', name: '甲', value: 'half', weight: 100, cause: '甲', rule: { kind: 'proportional', full: 100 } }]
    expect(await admin().post('/api/assessment/models', { code: 'circle', name: '循环', levelId: m.level.id, fromDay: '2026-11-01', definition: m.definition({ items }) })).toMatchObject({ status: 422, body: { code: 'data.circle', title: expect.stringContaining('half') } })
  })
})

describe('ASM-14 ASM-15 上级明细', () => {
  type Sheet = string[][]
  const heading = ['工单编号', '是否响应', '是否解决', '是否满意', '不纳入', '承办单位', '诉求类型', '主动剔除', '主动剔除原因']
  const send = async (rows: Sheet, login = 'businessAdmin', head = heading): Promise<string> => (await m.ok(m.who(login).upload('/api/attachments?place=import', { name: '市级明细.csv', type: 'text/csv', content: Buffer.from([head, ...rows].map((r) => r.join(',')).join('\n')) }))).id
  const look = async (fileId: string, more: object = {}) => m.ok(admin().post('/api/assessment/upper/preview', { month: '2026-11', fileId, ...more }))
  const work = async (rows: Sheet, more: object = {}) => {
    const { taskId } = await m.ok(admin().post('/api/assessment/upper/imports', { month: '2026-11', fileId: await send(rows), ...more }))
    await upperImportJob.run((fn) => m.app.command(fn), { tenantId: (await m.app.actor('businessAdmin')).tenantId, taskId }, { attempt: 1, maxAttempts: 2 })
    return m.ok(admin().get(`/api/tasks/${taskId}`))
  }
  const take = async (rows: Sheet, more: object = {}) => {
    const task = await work(rows, more)
    expect(task).toMatchObject({ state: 'done', error: null })
    return task.result
  }
  const summary = async () => Object.fromEntries((await m.ok(admin().get('/api/assessment/upper/summary?month=2026-11'))).subjects.map((s: { subject: string }) => [s.subject, s]))
  let good: Awaited<ReturnType<Month['answered']>>
  let bad: typeof good
  beforeAll(async () => {
    good = await m.answered('T-URBAN', ['yes', 'yes', 'yes'])
    bad = await m.answered('T-URBAN', ['yes', 'no', 'no'])
  })

  test('未知单号、重复行、错误内容逐行报告，列名自动对应；确认之前什么也不导入', async () => {
    const fileId = await send([[good.number, '是', '是', '满意', '否', '测试市城管局', '求助', '', ''], ['NO-SUCH', '是', '是', '是', '', '', '', '', ''], [good.number, '是', '是', '是', '', '', '', '', ''], [bad.number, '是', '也许', '否', '', '', '', '', '']])
    expect(await look(fileId)).toMatchObject({ rows: 4, good: 1, faultCount: 3, replaces: 0, mapping: { number: '工单编号', satisfied: '是否满意', notCounted: '不纳入', removed: '主动剔除', removedReason: '主动剔除原因' }, faults: [{ line: 3, message: '本中心没有工单“NO-SUCH”' }, { line: 4, message: '与第 2 行是同一件工单' }, { line: 5, message: expect.stringContaining('是否解决“也许”') }] })
    expect(await m.rows(sql`select 1 from assessment_upper_row`)).toEqual([])
    expect((await look(fileId, { mapping: { number: '承办单位' } })).good).toBe(0)
    expect(await admin().post('/api/assessment/upper/preview', { month: '2026-11', fileId, mapping: { number: '没有这列' } })).toMatchObject({ status: 422, body: { code: 'assessment.upperMapping' } })
    expect(await work([['NO-SUCH', '是', '', '', '', '', '', '', '']])).toMatchObject({ state: 'failed', error: expect.stringContaining('没有一行可以导入') })
    expect(await m.rows(sql`select 1 from assessment_upper_import`)).toEqual([])
    expect((await m.who('unitLeader').post('/api/assessment/upper/imports', { month: '2026-11', fileId })).status).toBe(403)
    expect((await m.who('unitLeader').get('/api/assessment/upper/summary?month=2026-11')).status).toBe(403)
    expect(await m.ok(m.who('otherAdmin').get('/api/assessment/upper/summary?month=2026-11'))).toMatchObject({ orders: 0 })
  })

  test('七个项目逐件比对：一致、不一致、一方没有内容各归各，差异有清单、可登记原因；只写对照的用语按对照比', async () => {
    expect(await take([[good.number, '是', '是', '满意', '否', '测试市城管局', '帮助', '', ''], [bad.number, '是', '是', '', '是', '市城管委', '', '', '']])).toMatchObject({ taken: 2, replaced: 0 })
    // 同一份明细，回访比对页也用它
    expect((await m.ok(m.who('businessAdmin').get('/api/callback/upper/comparison?month=2026-11'))).kinds).toMatchObject([{ kind: 'differs', count: 1 }, { kind: 'same', count: 1 }, {}, {}, {}])
    const s = await summary()
    expect(s).toMatchObject({ callbacks: { compared: 2, differs: 1, same: 1 }, exclusions: { differs: 1, same: 1 }, shelvings: { compared: 0, upperMissing: 2 }, units: { differs: 1, same: 1 }, types: { differs: 1, upperMissing: 1 }, keyEvents: { upperMissing: 2 }, sources: { upperMissing: 2 } })
    expect(Object.keys(s)).toHaveLength(7)
    const [row] = (await m.ok(admin().get('/api/assessment/upper/rows?month=2026-11&subject=callbacks&result=differs'))).items
    expect(row).toMatchObject({ number: bad.number, own: '响应是 解决否 满意否', upper: '响应是 解决是' })
    await m.ok(admin().post(`/api/assessment/upper/rows/${row.id}/cause`, { month: '2026-11', subject: 'callbacks', cause: '上级回访在后' }))
    expect((await m.ok(admin().get('/api/assessment/upper/rows?month=2026-11&subject=callbacks&explained=true'))).items).toMatchObject([{ number: bad.number, cause: '上级回访在后' }])
    expect((await m.ok(admin().get('/api/assessment/upper/values?month=2026-11&subject=exclusions'))).items).toEqual([{ value: '否', own: 2, upper: 1, difference: 1 }, { value: '是', own: 0, upper: 1, difference: -1 }])
    const wanted = { page: 'assessmentUpper', filter: { month: '2026-11', subject: 'callbacks', result: 'differs' }, columns: ['number', 'own', 'upper', 'cause'], format: 'csv' }
    expect(await m.ok(admin().post('/api/exports', wanted))).toHaveProperty('taskId')
    const source = assessmentExports().find((one) => one.page === 'assessmentUpper')
    expect(await m.app.command(async (ctx) => [await source?.count(ctx, wanted.filter, { sort: null, ids: null }, 10), (await Array.fromAsync(source?.rows(ctx, wanted.filter, [], { sort: null, ids: null }) ?? [])).flat()])).toMatchObject([1, [{ number: bad.number, subject: '回访结果', upper: '响应是 解决是', cause: '上级回访在后' }]])
    expect((await m.who('unitLeader').post('/api/exports', wanted)).status).toBe(403)
    await m.app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'assessment.upperWords', { 市城管委: '测试市城管局', 帮助: '求助' }, '上级用语'))
    expect(await summary()).toMatchObject({ units: { differs: 0, same: 2 }, types: { differs: 0, same: 1 } })
  })

  test('再次导入：新的替换旧的，旧的还在；只更新文件中的工单时别的不动', async () => {
    expect(await take([[bad.number, '是', '否', '否', '否', '', '', '', '']], { whole: false })).toMatchObject({ taken: 1, replaced: 1 })
    expect(await summary()).toMatchObject({ callbacks: { compared: 2, differs: 0 } })
    const { items } = await m.ok(admin().get('/api/assessment/upper/imports?month=2026-11'))
    expect(items.map((i: { taken: number; standing: number }) => [i.taken, i.standing])).toEqual([[1, 1], [2, 1]])
    expect((await look(await send([[good.number, '是', '是', '是', '', '', '', '', '']]))).dropped).toBe(1)
  })

  test('上级主动剔除的不能申报；上级撤回标记后下次导入即撤回，可以申报', async () => {
    expect(await take([[good.number, '是', '是', '满意', '', '', '', '是', '群体性历史问题'], [bad.number, '是', '否', '否', '', '', '', '', '']])).toMatchObject({ marked: 1, unmarked: 0 })
    expect((await m.ok(admin().get('/api/assessment/upper/removed'))).items).toMatchObject([{ number: good.number, reason: '群体性历史问题', endedAt: null }])
    const claim = async () => m.who('handler').post(`/api/assignments/${good.assignment}/declare-exclusion`, { kind: 'exclude', reasonClass: '客观条件不具备', reason: '需上级立项', fileIds: [await m.file('handler')] })
    expect(await claim()).toMatchObject({ status: 409, body: { title: expect.stringContaining('上级已主动剔除') } })
    expect(await take([[good.number, '是', '是', '满意', '', '', '', '否', '']], { whole: false })).toMatchObject({ marked: 0, unmarked: 1 })
    expect(await m.ok(admin().get('/api/assessment/upper/removed/units'))).toMatchObject({ standing: 0, ended: 1 })
    expect((await m.ok(admin().get('/api/assessment/upper/removed?standing=false'))).items).toMatchObject([{ number: good.number }])
    expect((await claim()).status).toBe(200)
  })

  test('较早月份再次导入，不撤下较新月份标记的主动剔除；较新月份说了算', async () => {
    const row = (removed: string) => [[good.number, '是', '是', '满意', '', '', '', removed, '']]
    expect(await take(row('是'), { month: '2026-12', whole: false })).toMatchObject({ marked: 1 })
    expect(await take(row('否'), { month: '2026-10' })).toMatchObject({ marked: 0, unmarked: 0 })
    expect((await m.ok(admin().get('/api/assessment/upper/removed'))).items).toMatchObject([{ number: good.number, sinceMonth: '2026-12' }])
    expect(await take(row('否'), { month: '2026-12', whole: false })).toMatchObject({ unmarked: 1 })
    // 较早月份补报的剔除，敌不过较新月份的“否”
    expect(await take(row('是'), { month: '2026-10' })).toMatchObject({ marked: 0, unmarked: 0 })
  })

  test('旧月份与当月的回访比对：之后重办再回访的不算', async () => {
    await take([[bad.number, '是', '否', '否', '', '', '', '', '']], { month: '2026-12' })
    const said = async () => (await m.ok(admin().get(`/api/assessment/upper/rows?month=2026-12&subject=callbacks&number=${bad.number}`))).items[0]
    expect(await said()).toMatchObject({ result: 'same', own: '响应是 解决否 满意否' })
    m.app.clock.set('2027-01-05T09:00:00+08:00')
    await m.report(bad)
    await m.accept(bad)
    await m.asked(bad, ['yes', 'yes', 'yes'])
    expect(await said()).toMatchObject({ result: 'same', own: '响应是 解决否 满意否' })
    await take([[bad.number, '是', '是', '是', '', '', '', '', '']], { month: '2027-01' })
    expect((await m.ok(admin().get('/api/assessment/upper/rows?month=2027-01&subject=callbacks'))).items).toMatchObject([{ result: 'same', own: '响应是 解决是 满意是' }])
  })

  test('看不到的工单不能登记为特殊工单，也不透露它存在', async () => {
    await m.rows(sql`update order_order set confidential = true where id = ${bad.id}`)
    expect(await admin().post('/api/assessment/special-orders', { number: bad.number, kind: '历史遗留', reason: '专班办理' })).toMatchObject({ status: 422, body: { code: 'assessment.orderUnknown' } })
  })
})
