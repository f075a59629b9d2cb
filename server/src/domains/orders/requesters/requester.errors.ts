import { defineErrors } from '../../../kernel/errors.ts'

export const requesterFail = defineErrors('orders', {
  revealQuota: { status: 429, title: '本小时查看次数已达上限 {quota} 次' },
  nothingToReveal: { status: 409, title: '该工单没有登记{field}' },
  requesterChanged: { status: 409, title: '资料已被他人更改，您的修改未保存' },
})
