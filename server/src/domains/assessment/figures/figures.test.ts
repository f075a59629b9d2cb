// Entered figures over HTTP: evidence, review by somebody else, frozen with the result, missing ones empty with a reason.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkDefinition } from '../rules.ts'
import { modelTemplates } from '../shipped.zh-CN.ts'
import { month, type Month } from '../testing/month.ts'

let m: Month
let period: { id: string }
let object: Record<'T-URBAN' | 'T-HEAT' | 'T-STREET', { id: string }>
const admin = () => m.who('businessAdmin')
const grade = (more: object = {}) => ({
  excludedTypes: [], grades: [{ name: '优秀', from: 85 }, { name: '良好', from: 60 }],
  inputs: [{ code: 'ranking', name: '接诉即办成绩', source: 'score', model: 'threeRates' }, { code: 'whistle', name: '吹哨报到得分', least: 0, most: 100, scale: 1 }, { code: 'secretary', name: '书记回访得分', least: 0, most: 100 }],
  items: [['ranking', 40], ['whistle', 30], ['secretary', 30]].map(([code, weight]) => ({ code, name: code, value: code, unit: '分', weight, cause: `${code}失分`, rule: { kind: 'proportional', full: 100 } })), ...more,
})
const path = () => `/api/assessment/periods/${period.id}/figures`
const enter = async (rows: [keyof typeof object, string, string | null, string?][], more: object = {}, login = 'businessAdmin') => m.who(login).post(path(), { rows: rows.map(([unit, code, value, reason = '']) => ({ objectId: object[unit].id, code, value, reason })), note: '吹哨平台导出', fileIds: [await m.file(login)], ...more })
const decide = (id: string, outcome: string, opinion = '', login = 'leader') => m.who(login).post(`/api/assessment/figure-sheets/${id}/decide`, { outcome, opinion })
const figures = async () => m.ok(m.who('leader').get(path()))
const cell = async (unit: keyof typeof object, code: string) => (await figures()).figures.find((f: { objectId: string; code: string }) => f.objectId === object[unit].id && f.code === code)

beforeAll(async () => {
  m = await month()
  await m.answered('T-URBAN', ['yes', 'yes', 'yes'])
  await m.answered('T-HEAT', ['yes', 'no', 'no'])
  const base = await m.opened('2026-11-15')
  const model = await m.ok(admin().post('/api/assessment/models', { code: 'streetGrade', name: '综合评价', levelId: m.level.id, fromDay: '2026-11-01', definition: grade() }))
  period = await m.ok(admin().post('/api/assessment/periods', { modelId: model.id, kind: 'month', day: '2026-11-10' }))
  object = await m.objects()
  m.app.clock.set('2026-12-01T09:00:00+08:00')
  const run = await m.run(base.id)
  await m.publish(base.id, run.id)
}, 120_000)
afterAll(() => m.app.stop())

describe('ASM-25 ASM-30 录入数据', () => {
  test('规则：录入项不能与指标同码、不能取自己的成绩；随版本提供的模板都成立', async () => {
    const version = (definition: object) => admin().post('/api/assessment/models', { code: 'other', name: '另一个', levelId: m.level.id, fromDay: '2026-11-01', definition })
    expect(await version(grade({ inputs: [{ code: 'solvedRate', name: '解决率' }] }))).toMatchObject({ status: 422, body: { code: 'assessment.ruleFault', fields: [{ path: 'definition.inputs.0.code' }] } })
    expect(await version(grade({ inputs: [{ ...grade().inputs[0], model: 'other' }, ...grade().inputs.slice(1)] }))).toMatchObject({ status: 422, body: { fields: [{ path: 'definition.inputs.0.model' }] } })
    const known = new Set((await m.ok(admin().get('/api/assessment/models'))).indicators.map((i: { code: string }) => i.code))
    for (const template of modelTemplates) expect(() => checkDefinition(template.definition, (code) => known.has(code)), template.code).not.toThrow()
  })

  test('没有依据、超出范围、位数太多、没有数据不说原因、别的对象：逐项拒绝，什么也不留', async () => {
    expect(await enter([['T-URBAN', 'whistle', '90']], { fileIds: [] })).toMatchObject({ status: 422, body: { code: 'assessment.figureEvidence' } })
    expect(await enter([['T-URBAN', 'whistle', '190'], ['T-HEAT', 'whistle', '90.55'], ['T-STREET', 'whistle', null], ['T-HEAT', 'ranking', '5'], ['T-HEAT', 'secretary', '80']])).toMatchObject({ status: 422, body: { fields: [{ path: 'rows.0.value', message: '不能大于 100' }, { path: 'rows.1.value', message: '最多 1 位小数' }, { path: 'rows.2.value', message: '没有数据的，请写明原因' }, { path: 'rows.3.value', message: '评分规则没有这个录入项' }] } })
    expect((await enter([['T-URBAN', 'whistle', '90']], {}, 'unitLeader')).status).toBe(403)
    expect((await m.who('unitLeader').get(path())).status).toBe(403)
    expect((await m.who('otherAdmin').get(path())).status).toBe(404)
    expect(await m.rows(sql`select 1 from assessment_figure`)).toEqual([])
  })

  test('录入人不能审核自己的数据；退回要写意见；通过前不计分，通过后计分；他模型的成绩自动带入', async () => {
    const sheet = await m.ok(enter([['T-URBAN', 'whistle', '90'], ['T-URBAN', 'secretary', '80'], ['T-HEAT', 'whistle', '60'], ['T-HEAT', 'secretary', null, '本月未开展书记回访']]))
    expect(sheet).toMatchObject({ state: 'pending', rows: expect.arrayContaining([expect.objectContaining({ objectName: '测试市城管局', code: 'whistle', value: '90', before: null })]), files: [expect.objectContaining({ name: '证明.png' })] })
    expect((await decide(sheet.id, 'approve', '', 'businessAdmin')).status).toBe(403)
    expect(await decide(sheet.id, 'return')).toMatchObject({ status: 422, body: { code: 'assessment.figureOpinion' } })
    expect(await enter([['T-URBAN', 'whistle', '91']])).toMatchObject({ status: 409, body: { code: 'assessment.figurePending' } })
    expect(await cell('T-URBAN', 'whistle')).toMatchObject({ value: null, reason: '尚未录入', pending: true })
    expect(await cell('T-URBAN', 'ranking')).toMatchObject({ value: '100.00' })
    await m.ok(decide(sheet.id, 'approve'))
    expect(await decide(sheet.id, 'approve')).toMatchObject({ status: 409, body: { code: 'assessment.figureDecided' } })
    const run = await m.run(period.id)
    const s = await m.scores(period.id)
    // 城管局 40 + 27 + 24；供热办缺书记回访：没有成绩，不是零分
    expect(s['测试市城管局']).toMatchObject({ total: '91.00', grade: '优秀', rank: 1 })
    expect(s['测试市供热办']).toMatchObject({ total: null, rank: null })
    await m.publish(period.id, run.id)
    const mine = await m.ok(m.who('unitLeader2').get(`/api/assessment/periods/${period.id}/objects/${object['T-HEAT'].id}/figures`))
    expect(mine.items).toMatchObject([{ code: 'ranking', value: '30.00' }, { code: 'whistle', value: '60', note: '吹哨平台导出', files: [] }, { code: 'secretary', value: null, reason: '本月未开展书记回访' }])
    expect((await m.who('unitLeader2').get(`/api/assessment/periods/${period.id}/objects/${object['T-URBAN'].id}/figures`)).status).toBe(404)
    const shown = await m.ok(m.who('unitLeader').get(`/api/assessment/periods/${period.id}/objects/${object['T-URBAN'].id}`))
    expect(shown.items[1]).toMatchObject({ formula: '吹哨报到得分', calculation: '90.0', points: '27.00' })
  })

  test('多个单位合用的依据，单位打不开；只涉及本单位的打得开', async () => {
    const [shared] = await m.rows(sql<{ id: string }>`select id from kernel_file where object_type = 'assessmentFigure'`)
    expect((await m.who('unitLeader').get(`/api/attachments/${shared?.id}`)).status).toBe(404)
    const sheet = await m.ok(enter([['T-URBAN', 'secretary', '85']]))
    await m.ok(decide(sheet.id, 'approve'))
    expect((await m.who('unitLeader').get(`/api/attachments/${sheet.files[0].id}`)).status).toBe(200)
    expect((await m.who('unitLeader2').get(`/api/attachments/${sheet.files[0].id}`)).status).toBe(404)
  })

  test('发布后改的数据不动已发布的成绩；重新核算后生效，前值留底', async () => {
    expect((await figures()).behind).toBe(true)
    expect((await m.scores(period.id))['测试市城管局']).toMatchObject({ total: '91.00' })
    expect((await figures()).sheets[0].rows).toMatchObject([{ value: '85', before: '80' }])
    const before = (await m.shown(period.id)).run.id
    expect(await m.ok(admin().post(`/api/assessment/periods/${period.id}/verify`, { runId: before }))).toMatchObject({ same: true })
  })

  test('导入：表里每个对象一行；有一处错就整份不收，逐行说明', async () => {
    const upload = async (rows: string[][]) => (await m.ok(admin().upload('/api/attachments?place=import', { name: '数据.csv', type: 'text/csv', content: Buffer.from([['考核对象', '吹哨报到得分', '书记回访得分', '没有数据的原因'], ...rows].map((r) => r.join(',')).join('\n')) }))).id
    const take = async (rows: string[][]) => admin().post(`${path()}/import`, { fileId: await upload(rows) })
    expect(await take([['测试市城管局', '九十', '', ''], ['没有这个局', '80', '', ''], ['测试市供热办', '70', '101', '']])).toMatchObject({ status: 422, body: { title: '有 3 处数据需要改正', fields: [{ message: '第 2 行：吹哨报到得分：“九十”不是数字' }, { message: '第 3 行：“没有这个局”不是本期的考核对象' }, { message: '第 4 行：书记回访得分：不能大于 100' }] } })
    const sheet = await m.ok(take([['测试市供热办', '70', '75', ''], ['澜湾街道办', '', '', '新成立，未开展']]))
    expect(sheet).toMatchObject({ source: 'imported', rows: expect.arrayContaining([expect.objectContaining({ objectName: '测试市供热办', code: 'whistle', value: '70', before: '60' }), expect.objectContaining({ objectName: '澜湾街道办', code: 'secretary', value: null, reason: '新成立，未开展' })]) })
    expect((await m.who('tenantAdmin').post(`/api/assessment/figure-sheets/${sheet.id}/withdraw`)).status).toBe(409)
    await m.ok(admin().post(`/api/assessment/figure-sheets/${sheet.id}/withdraw`))
    expect(await cell('T-HEAT', 'whistle')).toMatchObject({ value: '60', pending: false })
    const sheetFile = await admin().get(`${path()}/template?format=csv`)
    expect(String(sheetFile.body)).toContain('测试市供热办,60')
  })
})
