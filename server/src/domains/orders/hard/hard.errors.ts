import { defineErrors } from '../../../kernel/errors.ts'

export const hardFail = defineErrors('orders', {
  hardState: { status: 409, title: '工单当前为“{state}”，不能标为疑难' },
  hardPending: { status: 409, title: '工单已在疑难工单岗' },
  hardEnded: { status: 409, title: '该疑难工单已由 {by} 处理' },
  hardTargets: { status: 422, title: '{fault}' },
  hardStep: { status: 409, title: '该步骤已完成' },
})
