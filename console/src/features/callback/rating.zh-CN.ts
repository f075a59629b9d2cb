// Texts of ratings and their handling.
import { defineTexts } from '../../ui/texts.ts'

export const r = defineTexts({
  ratings: '评价处理', object: '评价对象', call: '通话服务', chat: '在线会话', order: '工单结果', at: '评价时间', stars: '星级', starsOf: '{n} 星', text: '评价内容', agent: '坐席', unit: '承办单位', number: '工单号', phone: '诉求人', service: '业务', care: '处理', careState: '处理状态', none: '无需处理', open: '待处理', done: '已答复', answer: '答复诉求人', opinion: '诉求人意见', answerText: '告知诉求人的处理结果', way: '答复方式', sms: '短信', other: '其他方式', phoneCall: '电话', online: '在线会话', answered: '已答复并办结', by: '处理人',
  switches: '通话后评价开关', switchesHelp: '关闭后，该坐席的通话挂机即结束，不请来电人评价，也不计入统计；一分钟内生效。按队列不评价的，在队列设置里去掉评价流程。', noAgents: '没有坐席', offered: '请来电人评价', offReason: '关闭原因', switchOff: '关闭评价', switchedOn: '{name} 的通话后评价已开启', switchedOff: '{name} 的通话后评价已关闭',
  total: '评价', average: '平均星级', bad: '差评', badHelp: '{n} 星及以下的评价；每条须由人工听取意见并答复诉求人后办结，已退回单位重办的工单评价不再另行处理', averageHelp: '各条评价星级之和 ÷ 评价条数；未评价、按错键的不计', empty: '期内没有评价', emptyHint: '来电挂机后按键、会话结束后和门户上的评价都在这里。', byAgent: '按坐席', byService: '按业务与渠道', words: '评价里说到的', wordsHelp: '字越大说到的评价越多；点开看这些评价', wordTitle: '{n} 条评价，其中差评 {bad} 条', noWords: '期内没有文字评价', only: '只看“{what}”', all: '看全部', trend: '每日平均星级', spread: '星级分布', count: '条数', trendSummary: '期内 {n} 条评价，平均 {average} 星', spreadSummary: '{n} 条评价的星级分布', nobody: '期内没有坐席评价',
} as const)
