import { defineErrors } from '../../../kernel/errors.ts'

export const proofreadFail = defineErrors('orders', {
  proofRuleNotFound: { status: 404, title: '校对规则或样例不存在' },
  proofRuleTaken: { status: 409, title: '已有同名规则“{name}”' },
  proofRuleChanged: { status: 409, title: '该规则已由 {by} 更改，您的操作未执行' },
  proofRuleUntried: { status: 409, title: '规则尚未用历史工单试运行，不能启用' },
  proofRuleTooWide: { status: 409, title: '规则在试运行的 {share}% 工单上提示，过宽，不能启用' },
})
