import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '微信登录', unifiedTitle: '统一身份认证', going: '正在前往确认身份', back: '正在确认身份', bindTitle: '绑定手机号', bindIntro: '第一次使用，请验证手机号。绑定后从微信进入不用再登录，用这个手机号打热线登记的诉求也能看到。', bindNow: '绑定到当前账号', bindTo: '当前登录的手机号：{mobile}', bindOther: '用另一个手机号',
  bound: '已绑定', continueTitle: '以这个身份继续', continueText: '您将以手机号 {mobile} 的身份进入。', continueDo: '继续', notMe: '不是我', otherWay: '用手机号登录', failed: '没有登录成功',
} as const)
