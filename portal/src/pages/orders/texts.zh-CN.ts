// Words of a requester's own appeals.
import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '我的诉求', filter: '显示', all: '全部', open: '办理中', done: '已办结', more: '加载更多', refresh: '刷新', signInIntro: '登录后看到您提交的和打热线登记的全部诉求', byCode: '不登录，用编号和查询码查', emptyTitle: '还没有诉求', emptyText: '用这个手机号提交或打热线登记的诉求会出现在这里', emptyFilter: '没有这样的诉求', submit: '我要诉求',
  at: '{at} 提交', promised: '预计 {day} 前办完', promisedNow: '，预计 {day} 前办完', unit: '承办 {unit}', again: '再次办理', rate: '请评价，还剩 {n} 天', rated: '已评价', closedAt: '{at} 办结',
  notFound: '没有找到这件诉求', notFoundText: '可能不是用这个手机号登记的，可以用编号和查询码查', progress: '办理进度', facts: '办理情况', number: '编号', code: '查询码', unitLabel: '承办单位', promisedLabel: '承诺时间', promisedValue: '{day} 前办完', channel: '渠道', typeLabel: '类型', matter: '事项', place: '地点', content: '诉求内容', attachments: '附件', cited: '答复依据', replyTitle: '答复', replyAt: '{at} 答复', noReply: '办理完成后在这里答复您', reports: '办理动态', stage: '办理阶段', paused: '办理暂缓', pausedWhy: '因{reason}，{since} 起暂缓办理，最晚 {until} 继续', pausedPromised: '，预计 {day} 前办完', tracking: '这件诉求需要较长时间，已转为长期办理，每 {days} 天反馈一次进展。', trackingNext: '下次反馈', trackingPlanned: '计划完成', trackingReports: '已反馈', trackingTimes: '{n} 次', supplements: '补充情况', supplementOwn: '您的补充', supplementStaff: '热线登记的补充', withdrawn: '撤回原因', urged: '已催办 {n} 次', confidential: '保密',
  actSupplement: '补充', actUrge: '催办', actWithdraw: '撤回', cannot: '{act}：{why}', signFirst: '登录后查看',
  supplementTitle: '补充情况', supplementLabel: '补充什么', supplementHelp: '新情况、新照片，会马上转给办理单位', needContent: '请写下要补充的情况', supplementSend: '提交补充', supplementDone: '已补充',
  urgeTitle: '催办', urgeLabel: '想对办理单位说的话', urgeSend: '催办', urgeDone: '已催办，办理单位已收到提醒',
  withdrawTitle: '撤回诉求', withdrawText: '撤回后办理停止，不能恢复。以后可以重新提交。', withdrawLabel: '为什么撤回', withdrawSend: '撤回这件诉求', withdrawDone: '已撤回', keep: '不撤回', why1: '问题已经解决', why2: '填写有误，重新提交', why3: '不想继续了', needWhy: '请选择原因', cancel: '取消',
  rateTitle: '请您评价', rateLeft: '还剩 {n} 天', rateNow: '您的评价会代替电话回访', stars: '总体打几颗星', needStars: '请选择星级', solved: '问题解决了吗', solvedYes: '解决了', solvedPartly: '部分解决', solvedNo: '没有解决', satisfied: '对办理满意吗', satisfiedYes: '满意', satisfiedNo: '不满意', needSolved: '请选择问题是否解决', needSatisfied: '请选择是否满意', reasons: '哪里不满意（最多 3 项）', words: '还想说的', wordsHelp: '不用写姓名和电话', rateSend: '提交评价', redo: '选择“没有解决”或“不满意”，诉求会退回办理单位再办一次。', rateDone: '谢谢您的评价', rateRedo: '已退回办理单位再次办理', ratedTitle: '您的评价', ratedReopened: '已退回再办', ratedAt: '{at} 评价',
} as const)
