import { defineErrors } from '../../../kernel/errors.ts'

export const messageErrors = defineErrors('platform', {
  badPhone: { status: 422, title: '手机号码不正确，短信未发送' },
  notFailed: { status: 409, title: '只有发送失败的短信可以重发' },
})
