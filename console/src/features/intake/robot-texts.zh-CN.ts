import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '智能问答', first: '第一句话', outcome: '结果', turns: '轮次', order: '形成的诉求', started: '时间', 'outcome.open': '未结束', 'outcome.solved': '已解决', 'outcome.form': '转去提交', 'outcome.human': '转人工', 'outcome.left': '转留言', 'outcome.order': '形成诉求',
  figures: '近 30 天', dialogues: '对话', withoutOrder: '没有形成诉求', missed: '答不上来的问题', missedNone: '没有', times: '{n} 次', dialogue: '对话内容', robot: '智能问答', citizen: '诉求人', close: '关闭',
} as const

export const t = defineTexts(zh)
