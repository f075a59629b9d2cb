import { expect, test } from 'vitest'
import { findings } from './acts/feedback-checks.ts'
import { nextRole, targetFault } from './acts/dispatch-units.ts'
import { searchTo } from './search-to.ts'
import { clocksInOrder, nextClockOf } from './clocks.ts'
import { timelineEntries } from './timeline-entries.ts'
import { placeOf, shownValue } from './values.ts'

test('派发：恰有一个主办，并行不与主协办混用且至少两个，单位不重复', () => {
  expect(targetFault([{ role: 'lead' }])).toBe('请选择承办单位')
  expect(targetFault([{ role: 'lead', unitId: 'a' }, { role: 'assist', unitId: 'b' }])).toBeNull()
  expect(targetFault([{ role: 'assist', unitId: 'a' }])).toBe('请指定一个主办单位')
  expect(targetFault([{ role: 'lead', unitId: 'a' }, { role: 'lead', unitId: 'b' }])).toBe('主办单位只能有一个')
  expect(targetFault([{ role: 'lead', unitId: 'a' }, { role: 'parallel', unitId: 'b' }])).toBe('并行办理不能与主办、协办混用')
  expect(targetFault([{ role: 'parallel', unitId: 'a' }, { role: 'parallel' }])).toBe('并行办理至少选择两个单位')
  expect(targetFault([{ role: 'lead', unitId: 'a' }, { role: 'assist', unitId: 'a' }])).toBe('同一单位不能重复选择')
  expect([nextRole([]), nextRole([{ role: 'lead' }]), nextRole([{ role: 'parallel' }])]).toEqual(['lead', 'assist', 'parallel'])
})

test('搜索框按内容识别电话、工单号和关键词', () => {
  expect(searchTo('138 1234 5678')).toEqual({ phone: ['13812345678'] })
  expect(searchTo('0991-2345678')).toEqual({ phone: ['09912345678'] })
  expect(searchTo('5678')).toEqual({ phone: ['5678'] })
  expect(searchTo('26112299010000007')).toEqual({ number: ['26112299010000007'] })
  expect(searchTo('电梯停运')).toEqual({ text: ['电梯停运'] })
  expect(searchTo('12号楼')).toEqual({ text: ['12号楼'] })
})

test('反馈检查：缺材料和依据必须补，未勾选的标准只提示，引用下级反馈可代替材料', () => {
  const standard = [{ text: '现场照片', evidence: true }, { text: '已告知', evidence: false }]
  const form = (value: Record<string, unknown>) => ({ value, set: () => {}, errors: {}, jump: () => {} })
  const of = (value: Record<string, unknown>, contacted = true) => findings({ standard, basisNeeded: true, contacted, form: form(value) }).map((one) => [one.field, one.tone])
  expect(of({}, false)).toEqual([['fileIds', 'over'], ['basis', 'over'], ['contactMethod', 'near'], ['result', 'near'], ['ticked', 'near']])
  expect(of({ quotedFrom: 'f1', basis: '条例', ticked: ['已告知'], result: '已完成整改并向诉求人说明了处理结果和后续的安排' })).toEqual([])
})

test('时钟按最近到期排列，完成的在后，取消的不显示', () => {
  const clock = { id: '', kind: 'handling', name: '办理', assignmentId: null, unitName: null, timing: 'inTime' as const, startedAt: '2026-11-01T00:00:00Z', yellowAt: '2026-11-02T00:00:00Z', metAt: null, pausedAt: null, amount: 1, basis: 'workingDays', ruleText: '', changes: [] }
  const { open, met } = clocksInOrder([
    { ...clock, id: 'late', state: 'running', dueAt: '2026-11-09T00:00:00Z' },
    { ...clock, id: 'met', state: 'met', dueAt: '2026-11-03T00:00:00Z', metAt: '2026-11-02T00:00:00Z' },
    { ...clock, id: 'gone', state: 'cancelled', dueAt: '2026-11-02T00:00:00Z' },
    { ...clock, id: 'soon', state: 'paused', dueAt: '2026-11-04T00:00:00Z' },
  ])
  expect([open.map((one) => one.id), met.map((one) => one.id)]).toEqual([['soon', 'late'], ['met']])
  expect(nextClockOf({ kind: 'stage', name: '环节', dueAt: '2026-11-04T01:00:00.000Z', paused: false }).nearAt).toBe('2026-11-04T00:45:00.000Z')
})

test('时间轴：派发写明单位和角色，变更的代码译成中文，他单位意见只占一行', () => {
  const item = { id: '1', at: '2026-11-01T00:00:00Z', stage: 'inProgress', stageName: '办理中', actName: '派发', actorName: '甲', unitName: '中心', assignmentId: null, text: null, changes: [], visibility: 'staff', files: [], tookMs: null, hidden: false, data: null }
  const [dispatch, edit, hidden] = timelineEntries([
    { ...item, act: 'dispatch', data: { units: [{ name: '住建局', roleName: '主办' }], route: 'straight' } },
    { ...item, act: 'edit', changes: [{ field: 'urgency', label: '紧急程度', old: 'urgent', new: 'normal' }] },
    { ...item, act: 'feedback', text: null, hidden: true },
  ])
  expect(dispatch?.text).toBe('派发至 住建局·主办\n一单到底')
  expect(edit?.changes).toEqual([{ label: '紧急程度', old: '紧急', new: '普通' }])
  expect(hidden?.text).toBe('其他单位意见不在您的查看范围')
})

test('地点已含区划时不重复', () => {
  expect(placeOf({ areaName: '宁原省澜川市临澜区', address: '幸福路12号' })).toBe('宁原省澜川市临澜区 幸福路12号')
  expect(placeOf({ areaName: '宁原省澜川市临澜区南堤社区', address: '宁原省澜川市临澜区南堤新村10号' })).toBe('宁原省澜川市临澜区南堤新村10号')
  expect(shownValue([true, '12℃', null])).toBe('是、12℃')
})
