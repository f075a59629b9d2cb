import { defineErrors } from '../../../kernel/errors.ts'

export const markFail = defineErrors('orders', {
  markNone: { status: 409, title: '工单没有标注为本单位的行业归属' },
  markRuled: { status: 409, title: '行业归属已由中心裁定，不再变更' },
  markObjected: { status: 409, title: '行业归属异议正在处理' },
  markEnded: { status: 409, title: '该异议已处理' },
  markFault: { status: 422, title: '{fault}' },
})
