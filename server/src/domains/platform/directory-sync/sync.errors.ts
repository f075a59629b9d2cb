import { defineErrors } from '../../../kernel/errors.ts'

export const syncErrors = defineErrors('platform', {
  syncRemoves: { status: 422, title: '本次快照将停用来源给过的 {n} 条（共 {total} 条），超过允许的比例 {share}%；确认无误请加确认后重新提交' },
  syncDecided: { status: 409, title: '该冲突已处理' },
})
