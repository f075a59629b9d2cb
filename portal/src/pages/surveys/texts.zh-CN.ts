import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '民意问卷', intro: '您的看法会用来改进工作，结果不显示填写人', empty: '现在没有问卷', open: '进行中', until: '截止 {at}', done: '已填写', closed: '不能填写', back: '返回问卷', gone: '没有这份问卷', goneText: '可能已撤下，或链接不正确', signIn: '登录后填写，每个账号按规定次数计一次', atQuestion: '第 {n} 题：{what}', optional: '选填', most: '最多选 {n} 项', low: '很不满意', high: '很满意', opinion: '其他意见', send: '提交', thanks: '谢谢，您的答卷已提交', thanksText: '结果汇总后用于改进工作。', file: '选择文件', files: '已选：{names}', target: '面向：{who}',
} as const)
