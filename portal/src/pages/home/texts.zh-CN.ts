// Words of the home page.
import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '有事请说，我们来办', name: '首页', intro: '反映问题、咨询政策、提出建议，网上提交和打电话一样办理。', sayLabel: '说说您遇到的事', sayHolder: '例如：小区路灯坏了一周', go: '我要诉求', hot: '大家常说',
  progress: '查进度', progressHint: '看办到哪一步，补充、催办、评价', byCode: '凭查询码查', byCodeHint: '不登录，用编号和查询码', call: '打 {number}', callHint: '人工接听，帮您登记和查询',
  resume: '继续上次填写', resumeGo: '继续', mine: '最近的诉求', all: '全部诉求', notices: '公告', how: '怎么办理', how1: '您提交', how1Text: '写清事情和地点，可以加照片。马上得到编号和查询码。', how2: '我们转办', how2Text: '工作人员核对后，转给负责的单位，并告诉您承诺的时间。', how3: '您评价', how3Text: '办结后看答复并评价。没解决，可以要求再办。',
  elderAsk: '需要大字版吗？', elderYes: '用长辈版', elderNo: '不用', elderSay: '说出诉求', elderHelp: '找人帮忙', elderHelpHint: '家人可以代您提交',
  chat: '在线客服', chatHint: '边聊边问，可以发照片', news: '公告与案例', newsAll: '更多', newsNone: '还没有公告', statistics: '运行通报',
  promised: '预计 {day} 前办完', rate: '请评价，还剩 {n} 天', closed: '暂停网上受理',
} as const)
