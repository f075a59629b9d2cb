import { defineErrors } from '../../../kernel/errors.ts'

export const identityFail = defineErrors('intake', {
  wechatOff: { status: 409, title: '微信登录没有开通，请用手机号登录' },
  wechatRefused: { status: 422, title: '微信没有确认您的身份，请返回重试或用手机号登录' },
  identityTaken: { status: 409, title: '这个{provider}身份已绑定另一个账号，请先在那个账号中解除绑定' },
  identityHeld: { status: 409, title: '您的账号已绑定另一个{provider}身份，请先解除绑定' },
  nothingProven: { status: 409, title: '绑定已过期，请从微信重新进入' },
  wechatMenu: { status: 409, title: '菜单没有发布：{reason}' },
  unifiedRefused: { status: 422, title: '统一身份认证未通过，请重试或用手机号登录' },
  unifiedAway: { status: 503, title: '统一身份认证平台暂时不可用，请用手机号登录' },
  wechatSignature: { status: 403, title: '签名不正确' },
})
