import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '企业专属表单', sub: '选用“表单设计”里已发布的表单，按行业、服务等级和日期向企业开放。', add: '开放表单', edit: '修改', none: '还没有向企业开放的表单', noneHint: '先在“管理 · 表单设计”中画好并发布表单，再在这里开放。', form: '表单', kind: '类别', policy: '政策咨询', complaint: '投诉', application: '申请', other: '其他',
  effectiveOn: '生效日期', untilOn: '截止日期', untilHint: '不填则长期开放', industries: '适用行业', industriesHint: '不选则不限行业', levels: '适用等级', levelsHint: '不选则不限等级', everybody: '不限', state: '状态', entries: '提交', changed: '修改', publish: '发布', stop: '停用', remove: '删除', removed: '已删除', removeAsk: '还没有企业提交过，删除后不能恢复。', saved: '已保存', period: '开放时间',
  received: '提交记录', enterprise: '企业', by: '提交人', at: '提交时间', from: '从', to: '到', allForms: '全部表单', xlsx: '导出 Excel', pdf: '导出 PDF', noEntries: '没有符合条件的提交', entry: '填写内容', search: '按企业名称查',
} as const
export const t = defineTexts(zh)
