import { defineErrors } from '../../../kernel/errors.ts'

export const contactFail = defineErrors('orders', {
  contactMissing: { status: 422, title: '提交办理结果前须联系诉求人' },
  contactFault: { status: 422, title: '联系记录不完整' },
  contactPromiseClosed: { status: 409, title: '该承诺已登记结果' },
})
