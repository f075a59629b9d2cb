import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '后台处理', sub: '反复失败的事件和任务', note: '失败的处理会自动重试；多次失败后搁置在这里，不影响其他工单。修复原因后点“重试”；确认不需要的可以放弃。', kind_event: '事件', kind_job: '任务', retrying: '重试中', setAside: '已搁置', name: '处理', consumer: '处理者', error: '错误', attempts: '次数', behind: '排队等待', at: '发生时间', next: '下次重试', retry: '重试', retried: '已安排重试', discard: '放弃', discardTitle: '放弃“{name}”？', discardText: '这项处理不会再执行，可能造成数据不完整。放弃会记入审计。', discarded: '已放弃', none: '没有失败的处理', reason: '原因', confirm: '放弃', object: '对象', state: '状态',
} as const
export const t = defineTexts(zh)
