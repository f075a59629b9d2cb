import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '短信与消息', outbox: '短信发件箱', types: '消息类型', devTitle: '这是开发发件箱，不是短信通道。', devText: '没有接入短信网关时，短信只保存在这里，不会发到任何手机；验证码仅对有权限的人显示。正式使用须接入短信网关。', phone: '号码', template: '模板', text: '内容', state: '状态', queued: '待发', sent: '已处理', failed: '失败', attempts: '次数', result: '结果', created: '生成时间', sentAt: '处理时间', nextAt: '下次重试', resend: '重发', resent: '已加入重发', hidden: '内容含验证码，无权查看', empty: '发件箱里没有短信', number: '编号', name: '名称', code: '代码', module: '模块', object: '对象编号',
} as const

export const t = defineTexts(zh)
