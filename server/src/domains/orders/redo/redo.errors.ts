import { defineErrors } from '../../../kernel/errors.ts'

export const redoFail = defineErrors('orders', {
  reexamined: { status: 409, title: '已由 {by} 复查' },
  reexamineReason: { status: 422, title: '维持办理结果须与诉求人核实原因，并说明理由' },
})
