import { defineErrors } from '../../../kernel/errors.ts'

export const signInErrors = defineErrors('platform', {
  wrongSignIn: { status: 401, title: '账号或密码不正确' },
  wrongCode: { status: 401, title: '验证码不正确或已失效' },
  locked: { status: 423, title: '错误次数过多，已暂时锁定，请稍后再试' },
  accountClosed: { status: 403, title: '账号已停用或不在有效期内，请联系管理员' },
  wrongPassword: { status: 422, title: '当前密码不正确' },
  weakPassword: { status: 422, title: '新密码不符合要求' },
  totpActive: { status: 409, title: '已启用动态口令，请先停用再重新设置' },
  totpMissing: { status: 409, title: '尚未设置动态口令' },
  totpRequired: { status: 409, title: '您的角色必须使用动态口令，不能停用' },
  smsOff: { status: 403, title: '未开放短信验证码登录' },
})
