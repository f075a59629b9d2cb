import { defineErrors } from '../../../kernel/errors.ts'

export const userErrors = defineErrors('platform', {
  loginTaken: { status: 409, title: '登录名“{login}”已被使用' },
  staffNoTaken: { status: 409, title: '工号“{staffNo}”已被使用' },
  badMobile: { status: 422, title: '手机号码不正确' },
  ownAccount: { status: 409, title: '不能对自己的账户执行此操作' },
  openedAbove: { status: 403, title: '账户由上级租户统一开通，本租户不能新建' },
  quotaReached: { status: 422, title: '账户额度 {quota} 个已用完，请联系上级租户' },
  userDeleted: { status: 409, title: '账户已删除' },
})
