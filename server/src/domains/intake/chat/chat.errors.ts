import { defineErrors } from '../../../kernel/errors.ts'

export const chatFail = defineErrors('intake', {
  chatClosed: { status: 409, title: '{notice}' },
  chatBarred: { status: 409, title: '在线客服暂时不能使用，请拨打热线或提交诉求' },
  chatEnded: { status: 409, title: '会话已结束' },
  chatNotYours: { status: 409, title: '会话由 {by} 接待，不能操作' },
  chatFull: { status: 409, title: '您的会话已满 {max} 个，请先结束一个' },
  chatNotNext: { status: 409, title: '请按先后顺序接待，前面还有更早的' },
  chatOffDuty: { status: 409, title: '请先上岗' },
  chatColleagueAway: { status: 409, title: '对方不在岗，不能转接' },
  chatRated: { status: 409, title: '您已经评价过这次服务' },
  chatUnknown: { status: 404, title: '没有这个会话' },
  callsOff: { status: 409, title: '本中心没有开通音视频通话' },
  callRunning: { status: 409, title: '这个会话正在通话或等待接听' },
  callUnknown: { status: 404, title: '没有这次通话' },
  callOver: { status: 409, title: '这次通话已经结束' },
  leftDone: { status: 409, title: '这条留言已处理' },
  leftTaken: { status: 409, title: '这条留言由 {by} 处理' },
})
