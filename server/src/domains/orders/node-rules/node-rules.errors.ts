import { defineErrors } from '../../../kernel/errors.ts'

export const nodeRuleFail = defineErrors('orders', {
  nodeForbids: { status: 409, title: '环节规则“{rule}”不允许此操作' },
  nodeDemands: { status: 422, title: '环节规则“{rule}”要求补全内容' },
  nodeExit: { status: 409, title: '环节规则“{rule}”的放行条件尚未满足' },
  nodePermission: { status: 403, title: '环节规则“{rule}”限定了可操作的岗位' },
  nodeRuleNotFound: { status: 404, title: '环节规则不存在' },
  nodeRuleTaken: { status: 409, title: '已有同名的环节规则' },
  nodeRuleChanged: { status: 409, title: '该规则已由 {by} 修改' },
  nodeRuleFault: { status: 422, title: '{fault}' },
})
