import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '流程', name: '名称', key: '标识', business: '业务', scope: '适用', scope_deployment: '全部租户', scope_tenant: '本租户', scope_area: '区划', version: '生效版本', nodes: '节点', created: '建立时间', none: '没有流程', search: '名称', back: '返回流程列表', draft: '草稿', published: '生效中', history: '历史', versions: '版本', running: '{n} 件按此版本运行', by: '建立', publishedAt: '发布时间', graph: '流程图', list: '列表', graphHint: '只读；列表与图是同一内容', checked: '检查', checkOk: '没有发现问题',
  step: '步骤', kind: '类型', kind_start: '开始', kind_userTask: '审批', kind_exclusive: '条件', kind_end: '结束', actor: '参与者', limit: '时限', limitHours: '{n} 小时', next: '下一步', mode_all: '全部通过', levelUp: '逐级', passUp: '可上报', outcome_next: '下一步', outcome_approve: '通过', outcome_return: '退回', outcome_passUp: '上报', result_approved: '通过', result_returned: '退回', unit_subject: '本单位', unit_subjectParent: '上级单位', unit_centre: '热线中心', unit_fixed: '指定机构', condition: '当 {text}', notPublished: '未发布', count: '{n} 个流程', instances: '运行中的实例', noInstances: '没有运行中的实例', applicant: '申请人', current: '当前步骤', started: '开始时间', title_: '标题', choose: '版本 {n}',
  business_order: '工单', business_matter: '事项', holder: '有“{name}”权限的人', role: '角色 {name}',
} as const

export const t = defineTexts(zh)
