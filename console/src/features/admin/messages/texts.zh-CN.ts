import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '短信与消息', outbox: '短信发件箱', deliveries: '送达记录', channels: '通道', rules: '规则', templates: '模板', devTitle: '这是开发发件箱，不是短信通道。', devText: '没有接入短信网关时，短信只保存在这里，不会发到任何手机；验证码仅对有权限的人显示。正式使用须接入短信网关。', phone: '号码', template: '模板', text: '内容', state: '状态', queued: '待发', sent: '已处理', failed: '失败', attempts: '次数', result: '结果', created: '生成时间', sentAt: '处理时间', nextAt: '下次重试', resend: '重发', resent: '已加入重发', hidden: '内容含验证码，无权查看', empty: '发件箱里没有短信', name: '名称', code: '代码', object: '对象编号',
  channel: '通道', type: '类型', level: '级别', person: '收件人', address: '地址', readAt: '阅读时间', merged: '合并条数', instead: '备用通道补发', d_waiting: '等待', d_queued: '待重试', d_sent: '已送达', d_failed: '失败', d_skipped: '未发出', d_recalled: '已撤回', recall: '撤回', recalled: '已撤回', noDeliveries: '没有送达记录', noDeliveriesHint: '按规则发往短信、邮件等通道的消息在这里逐条留痕。', retryAll: '重发全部失败', retryAllAsk: '重发“{name}”的 {n} 条失败消息？', retriedN: '{n} 条已加入重发', from: '起始日期', to: '截止日期', period: '时间',
  on: '启用', off: '停用', adapter: '接入方式', configure: '配置', tryIt: '给自己发测试消息', tried: '测试消息已发出，结果见送达记录', waitingN: '等待 {n}', failedN: '失败 {n}', secretKept: '已保存，留空不变', problem: '问题', save: '保存', saved: '已保存', enabled: '是否启用', ready: '可用', unusable: '配置不完整', toFailed: '查看失败消息', inAppNote: '站内消息始终写入，不能停用。',
  addRule: '新增规则', editRule: '修改规则', remove: '删除', removeRule: '删除这条规则？', who: '适用对象', everybody: '所有人', allTypes: '全部消息', role: '角色', unit: '单位（含下级）', fallback: '备用通道', none: '无', note: '备注', noRules: '没有规则', noRulesHint: '没有规则时只发站内消息。规则越具体越优先：类型、单位、角色。', levels: '级别', edit: '修改', disabled: '已停用',
  addTemplate: '新增模板', editTemplate: '修改模板', noTemplates: '没有模板', noTemplatesHint: '没有模板时按标题和正文发出。', placeholders: '可用占位符', preview: '预览', length: '{n} 字', titleField: '标题', textField: '内容', restoreDefault: '恢复默认', restoreAsk: '删除此模板，恢复默认文本？', unknown: '未定义的占位符：{names}',
} as const

export const t = defineTexts(zh)
