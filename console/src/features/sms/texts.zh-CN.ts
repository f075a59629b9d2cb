// Texts of the SMS desk.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '短信台', openDesk: '打开短信台', compose: '发送短信', templates: '模板', records: '发送记录', favourites: '收藏', to: '收信人', people: '人员', groups: '用户组', duties: '值守联系人', numbers: '号码', numbersHint: '一行一个，或用逗号隔开', content: '内容', template: '模板', free: '自由文字', text: '文字', fill: '填写占位符', preview: '预览', check: '检查', send: '发送给 {n} 人', sendShort: '发送',
  length: '{n} 字，按 {parts} 条计费，共 {people} 人', bad: '不能发送的', sensitive: '含敏感词：{words}', sent: '已提交 {n} 条', confirmTitle: '发送短信', confirmText: '短信发出后不能收回。', ready: '检查通过', waitCheck: '先检查再发送', keep: '收藏这段文字', kept: '已收藏', favTitle: '名称', noFavourites: '还没有收藏。', use: '使用', remove: '删除', removed: '已删除',
  create: '新建模板', edit: '编辑', name: '名称', class: '分类', signature: '签名', signatureHint: '留空用本租户签名', textHint: '占位符写在一对英文花括号里，例如花括号内写“姓名”', variables: '占位符', state: '状态', state_draft: '未通过', state_pending: '待审批', state_approved: '可用', state_disabled: '已停用', disabled: '停用', saved: '已保存', submitted: '已提交审批', approve: '同意', refuse: '不同意', refuseReason: '理由', decided: '已审批', noTemplates: '还没有模板', noTemplatesHint: '把常发的通知做成模板，发送时只填占位符。', removeTitle: '删除模板“{name}”', removeText: '已发送的记录保留。', refusedWhy: '未通过：{reason}', changed: '最近修改',
  at: '时间', by: '发送人', toName: '收信人', phone: '号码', result: '结果', queued: '待发送', sentState: '已发送', failed: '失败', search: '搜索收信人、发送人、模板或号码后四位', from: '日期', noRecords: '没有发送记录',
} as const

export const t = defineTexts(zh)
