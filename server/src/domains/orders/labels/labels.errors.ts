import { defineErrors } from '../../../kernel/errors.ts'

export const labelFail = defineErrors('orders', {
  labelNotOffered: { status: 422, title: '所选标签未启用或不存在' },
  ruleNotFound: { status: 404, title: '标签规则不存在或您无权查看' },
  ruleChanged: { status: 409, title: '该规则已由 {by} 更改，您的操作未执行' },
  ruleNameTaken: { status: 409, title: '已有同名规则“{name}”' },
})
