import { appealTypeNames, channelNames, closeKindNames, stateNames, urgencyNames } from '../../orders/index.ts'
import { dispatchKindNames, exclusionKindNames, gradeNames, requestKindNames, subjectKindNames, supervisionSourceNames, warningSourceNames } from '../texts.zh-CN.ts'

export const modelWords = {
  groups: { text: '文字', class: '分类', mark: '标记', number: '数量', time: '时间', byTime: '按时间' },
  parts: { callback: '末次回访', callbacks: '回访', requests: '申请', assignments: '办理任务', supervision: '督办', warnings: '预警', calls: '通话' } as Readonly<Record<string, string>>,
  choices: { appealType: appealTypeNames, channel: channelNames, closeKind: closeKindNames, state: stateNames, urgency: urgencyNames, dispatchKind: dispatchKindNames, subjectKind: subjectKindNames, requestKind: requestKindNames, riskGrade: gradeNames, warningSource: warningSourceNames, supervisionSource: supervisionSourceNames, exclusionKind: exclusionKindNames },
  answers: { yes: '是', no: '否', notStated: '未表态' } as Readonly<Record<string, string>>,
  number: '工单号', title: '标题', words: '标题、内容、地点中的词', area: '区划', confidential: '保密', phone: '来电号码', agentName: '座席姓名', queueName: '队列名称', orderRegistered: '工单登记时间', orderClosed: '工单办结时间',
  measure: { count: '件数', orders: '工单数', sum: '合计', avg: '平均', min: '最小', max: '最大' } as Readonly<Record<string, string>>,
  yes: '是', no: '否', total: '合计', unknown: '未知',
  noValue: (name: string) => `请填写“${name}”`, unknownField: (name: string) => `没有“${name}”这个字段`, notShown: (name: string) => `“${name}”只能用作条件`, notCondition: (name: string) => `“${name}”不能用作条件`, notOp: (name: string) => `“${name}”不能用这种比较`, notNumber: (name: string) => `“${name}”不是数值，不能合计或平均`, noMeasure: '请选择要合计的字段', wrongValue: (name: string) => `“${name}”的值不正确`, noFields: '请至少选择一列', twice: (name: string) => `“${name}”选了两次`, noBase: '没有这类数据',
  notGroup: (name: string) => `“${name}”精确到秒，请按日、周、月等分组`, notControl: (name: string) => `“${name}”不能用这种查询控件`,
  sheet: '自定义查询', nothing: '没有符合条件的数据', count: (n: number, at: string) => `共 ${n} 行 · 数据截至 ${at}`,
  delivered: '随系统交付', copyInstead: '修改交付的模型（请另存为自己的）',
}
