import { defineErrors } from '../../../kernel/errors.ts'

export const duplicateFail = defineErrors('orders', {
  checkUnknown: { status: 404, title: '判重结果不存在或不属于您' },
  checkUsed: { status: 409, title: '该判重结果已随另一工单保存' },
})
