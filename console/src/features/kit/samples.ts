// Sample data of the kit pages; fixed distances from now, so that every tone is seen.
import type { FormSchema } from '../../ui/form-rules.ts'
import type { ListQuery } from '../../ui/list-state.ts'
import type { ListResult } from '../../ui/list-types.ts'
import type { PickOption, TreeLoader } from '../../ui/Pickers.tsx'
import type { Clock } from '../../ui/Tags.tsx'
import type { TimelineEntry } from '../../ui/Timeline.tsx'
import type { AssignmentNode } from '../../ui/AssignmentTree.tsx'
import { isoIn } from './sample-time.ts'

const hour = 3_600_000

export const clocks: Clock[] = [
  { name: '办理', state: 'overdue', dueAt: isoIn(-2.1 * hour) },
  { name: '首次联系', state: 'running', dueAt: isoIn(40 * 60_000), nearAt: isoIn(-hour) },
  { name: '签收', state: 'running', dueAt: isoIn(3.4 * hour), nearAt: isoIn(-hour) },
  { name: '办理·市级', state: 'running', dueAt: isoIn(52 * hour), working: { days: 2, hours: 3 } },
  { name: '办理', state: 'paused', pausedBy: '挂起', dueAt: isoIn(52 * hour) },
  { name: '签收', state: 'met', startedAt: isoIn(-9 * hour), endedAt: isoIn(-7.9 * hour) },
]

export const schema: FormSchema = {
  type: 'object',
  required: ['reason', 'explanation', 'until', 'unit'],
  properties: {
    reason: { type: 'string', title: '退回理由', oneOf: [{ const: 'duty', title: '非本单位职责' }, { const: 'area', title: '不在本辖区' }, { const: 'duplicate', title: '重复派单' }] },
    unit: { type: 'string', title: '建议承办单位', format: 'unit', 'x-visibleIf': { field: 'reason', equals: 'duty' } },
    matter: { type: 'string', title: '建议事项', format: 'matter' },
    explanation: { type: 'string', title: '情况说明', format: 'textarea', maxLength: 200, minLength: 5, description: '写明现场情况和依据，审核人员据此判断', 'x-phrases': ['经现场核实，', '该路段由市级管养。'] },
    until: { type: 'string', title: '希望办结时间', format: 'date-time', 'x-half': true },
    temperature: { type: 'number', title: '室温', minimum: 0, maximum: 40, 'x-unit': '℃', 'x-half': true },
    contact: { type: 'object', title: '联系人', format: 'person' },
    phone: { type: 'string', title: '回访电话', format: 'phone' },
    parts: { type: 'array', title: '涉及方面', items: { oneOf: [{ const: 'a', title: '供热' }, { const: 'b', title: '物业' }, { const: 'c', title: '道路' }] } },
    told: { type: 'boolean', title: '已告知诉求人' },
    files: { type: 'array', title: '证明材料', format: 'file', maxItems: 5 },
  },
}

const units: PickOption[] = [
  { id: 'u1', name: '城市管理局', path: '示例市', initials: 'csglj', leaf: false },
  { id: 'u2', name: '供热管理办公室', path: '示例市 / 城市管理局', initials: 'grglbgs', leaf: true },
  { id: 'u3', name: '房产管理局', path: '示例市', initials: 'fcglj', leaf: true, barred: '已退回并获批，转派件不可再派' },
]

export const unitLoader: TreeLoader = {
  name: 'sampleUnits',
  search: async (text) => units.filter((one) => one.name.includes(text) || one.initials?.includes(text)),
  byIds: async (ids) => units.filter((one) => ids.includes(one.id)),
  children: async (parent) => (parent === null ? units.filter((one) => one.id !== 'u2') : parent === 'u1' ? units.filter((one) => one.id === 'u2') : []),
}

export const entries: TimelineEntry[] = [
  { id: '1', at: isoIn(-60 * hour), kind: 'registered', title: '登记', by: '李洁', unit: '示例市热线中心', text: '诉求人反映小区三天没有暖气，家中有老人。' },
  { id: '2', at: isoIn(-58 * hour), kind: 'edited', title: '修改', by: '王敏', unit: '示例市热线中心', changes: [{ label: '事项', old: '物业管理', new: '供热不热' }, { label: '地点', old: null, new: '幸福路12号院3号楼' }] },
  { id: '3', at: isoIn(-36 * hour), kind: 'dispatched', title: '派发', by: '王敏', unit: '示例市热线中心', text: '主办 供热管理办公室', tookMs: 22 * hour, slowest: true, tone: 'near' },
  { id: '4', at: isoIn(-4 * hour), kind: 'returned', title: '退回申请', by: '赵刚', unit: '供热管理办公室', text: '非本单位职责：该楼由自管站供热。', files: [{ id: 'f1', name: '现场测温照片.jpg', size: 812_000, type: 'image/jpeg' }, { id: 'f2', name: '供热范围说明.pdf', size: 230_000, type: 'application/pdf' }], tone: 'over' },
]

export const assignments: AssignmentNode[] = [
  {
    id: 'a', unitName: '供热管理办公室', role: 'lead', state: 'handling', signedBy: '赵刚', signedAt: isoIn(-30 * hour), clock: clocks[0], children: [
      { id: 'b', unitName: '供热一所', role: 'lead', state: 'pendingReport', signedBy: '孙丽', signedAt: isoIn(-20 * hour), clock: clocks[3], children: [{ id: 'c', unitName: '幸福里社区', role: 'lead', state: 'pendingSign', clock: clocks[1] }] },
    ],
  },
  { id: 'd', unitName: '示例街道', role: 'assist', state: 'done', signedBy: '周宁', signedAt: isoIn(-30 * hour), owed: true },
]

export type SampleOrder = { id: string; number: string; title: string; requester: string; matter: string; unit: string; state: string; round: number; registeredAt: string; clock: Clock; urgency: string }

const titles = ['3号楼三天无暖气', '路灯损坏一周未修', '占道经营影响通行', '小区停水未通知', '夜间施工噪声扰民', '公交站牌倒伏', '物业收费未公示', '井盖缺失存在隐患', '医保报销进度咨询', '建议增设过街天桥']
const states = ['inProgress', 'pendingReview', 'pendingDispatch', 'pendingCallback', 'closed', 'pendingResultReview', 'archived', 'withdrawn']

const orders: SampleOrder[] = Array.from({ length: 128 }, (_, i) => ({
  id: String(i),
  number: `261121370200${String(10381 + i * 7)}`,
  title: titles[i % titles.length] ?? '',
  requester: ['王*明', '林**', '张*', '李*华'][i % 4] ?? '',
  matter: ['供热不热', '路灯维护', '占道经营', '停水抢修', '施工噪声'][i % 5] ?? '',
  unit: ['供热管理办公室', '城市管理局', '水务集团', '示例街道办事处'][i % 4] ?? '',
  state: states[i % states.length] ?? '',
  round: i % 7 === 0 ? 2 : 1,
  registeredAt: isoIn(-i * 5 * hour),
  clock: clocks[i % clocks.length] ?? { state: 'running' },
  urgency: ['normal', 'normal', 'urgent', 'normal', 'major'][i % 5] ?? 'normal',
}))

/** Behaves like the server: filters, keyset cursor, bounded count. */
export async function loadSamples(query: ListQuery & { state?: string | string[]; unit?: string | string[] }): Promise<ListResult<SampleOrder>> {
  const wanted = [query.state ?? []].flat()
  const found = orders.filter((order) => (wanted.length === 0 || wanted.includes(order.state)) && (!query.q || `${order.title}${order.number}`.includes(query.q)))
  const from = Number(query.cursor ?? 0)
  const items = found.slice(from, from + query.limit)
  return { items, next: from + query.limit < found.length ? String(from + query.limit) : null, count: { value: found.length, capped: false } }
}
