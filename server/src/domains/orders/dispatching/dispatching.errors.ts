import { defineErrors } from '../../../kernel/errors.ts'

export const dispatchingFail = defineErrors('orders', {
  ruleNameTaken: { status: 409, title: '已有同名的规则' },
  ruleChanged: { status: 409, title: '该规则已由 {by} 修改' },
  ruleFault: { status: 422, title: '{fault}' },
  ruleContradicts: { status: 409, title: '与规则“{rule}”条件相同而去向不同' },
  judgedAlready: { status: 409, title: '已由 {by} 判定' },
  opinionNotFound: { status: 404, title: '没有这条意见模板，或它是他人的常用意见' },
  judgeUnits: { status: 422, title: '判定有误时须选择正确的单位' },
})
