// Words of the query page: operators, groups, sorts, choices.
import { appealTypeNames, channelNames, closeKindNames, stateNames, urgencyNames } from '../texts.zh-CN.ts'
import type { FieldKind, Operator } from './query-fields.ts'
import type { QuerySort } from './query-contract.ts'

export const operatorNames: Record<Operator, string> = {
  in: '属于', notIn: '不属于', has: '包含', hasNot: '不包含', is: '是', starts: '开头是', gte: '不少于', lte: '不多于', between: '介于', lastDays: '最近（天）', before: '早于', after: '晚于', empty: '为空', filled: '不为空', contains: '含有文字',
}
export const sortNames: Record<QuerySort, string> = { priority: '优先级', registeredAt: '登记时间', closedAt: '办结时间', nextDueAt: '最近时限', urgeCount: '催办次数', returnCount: '退回次数', number: '工单号' }
export const groupOf: Record<FieldKind, string> = { choice: '分类', flags: '标记', labels: '标记', words: '文字', text: '文字', number: '数量', instant: '时间', boolean: '标记', area: '分类', unit: '单位人员', matter: '分类', category: '分类', phone: '文字', user: '单位人员', form: '表单要素', specialClass: '分类' }

const named = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }))
export const choicesOf: Record<string, { value: string; label: string }[]> = {
  state: named(stateNames), channel: named(channelNames), urgency: named(urgencyNames), closeKind: named(closeKindNames), appealType: named(appealTypeNames), dispatchKind: named({ own: '本级', direct: '直派', transferred: '转派' }), subjectKind: named({ person: '个人', enterprise: '企业' }),
  callbackManner: named({ call: '电话', sms: '短信', none: '不回访' }), source: named({ own: '本系统', upper: '上级中心', lower: '下级中心', other: '其他中心', platform: '上级平台' }), extent: named({ one: '一家企业', industry: '整个行业' }),
}
