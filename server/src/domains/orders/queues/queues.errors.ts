import { defineErrors } from '../../../kernel/errors.ts'

export const queueFail = defineErrors('orders', {
  foreignQueue: { status: 409, title: '该工单由“{queue}”值守人员分拣' },
  forceNotFound: { status: 404, title: '专班不存在' },
  forceTaken: { status: 409, title: '已有代码为“{code}”的专班' },
  forceChanged: { status: 409, title: '该专班已由 {by} 修改' },
  dutyFault: { status: 422, title: '{fault}' },
})
