// Refusals of the intake channels, in words that citizens understand.
import { defineErrors } from '../../kernel/errors.ts'

export const intakeFail = defineErrors('intake', {
  wrongCode: { status: 422, title: '验证码不正确或已过期，请重新获取' },
  wrongPassword: { status: 422, title: '手机号或密码不正确，可以改用验证码登录' },
  resetFailed: { status: 422, title: '信息不一致，没有修改密码，请核对后重试或改用验证码登录' },
  accountPaused: { status: 403, title: '该账号已暂停使用，请拨打热线咨询' },
  tooOften: { status: 429, title: '操作次数较多，请稍后再试' },
  channelClosed: { status: 409, title: '{notice}' },
  channelUnknown: { status: 404, title: '没有这个渠道' },
  realNameRequired: { status: 409, title: '请先完成实名登记：姓名、身份证号、地址' },
  orderUnknown: { status: 404, title: '没有找到这件诉求' },
  codeUnknown: { status: 404, title: '没有找到，请核对编号和查询码' },
  webCallOff: { status: 404, title: '网络电话没有开通，请直接拨打热线' },
  actNotNow: { status: 409, title: '{reason}' },
  ratedAlready: { status: 409, title: '您已经评价过这次办理' },
  ratingOver: { status: 409, title: '评价期已过，如仍未解决请重新提交诉求' },
  notWaiting: { status: 409, title: '该诉求已受理' },
  pickedByOther: { status: 409, title: '该诉求已由 {by} 提取' },
  publicationState: { status: 409, title: '{state}的内容不能{act}' },
  publicationOwn: { status: 409, title: '自己写的内容须由他人审核' },
  publicationPersonal: { status: 422, title: '内容含有个人信息，不能公开' },
  publicationWords: { status: 422, title: '内容含有词库里的词，不能公开' },
  publicationNoReply: { status: 409, title: '这件工单还没有办理结果，不能起草' },
  publicationEmptyBatch: { status: 409, title: '这段时间没有可以公开的办结工单（保密的、没有答复的和已公开的除外）' },
  publicationNoAccount: { status: 409, title: '公众号没有接入或没有设置消息模板，不能推送' },
  notPickedByYou: { status: 409, title: '该诉求不在您的名下' },
})
