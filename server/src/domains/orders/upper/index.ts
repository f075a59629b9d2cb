// Orders from an upper platform and back.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { listUpper } from './list-upper.ts'
import { receiveUpperRoute, signUpper, signUpperDue } from './receive-upper.ts'
import { returnOrderUpward, upwardRatio } from './return-upward.ts'
import { changeSignRule, createSignRule, deleteSignRule, listSignRules, proposeSignRules } from './sign-rules.ts'
import { signModelState, trainSignModel } from './sign-model.ts'
import { signModelOn, signModelThreshold } from './upper.settings.ts'
import * as c from './upper-contract.ts'

const desk = { 'orders.receiveUpper': 'tenant', 'orders.returnUpward': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.receiveUpper': '接收上级来单', 'orders.returnUpward': '退回上级平台', 'orders.manageSignRules': '维护自动签收规则' },
  roles: { reviewer: desk, shiftLeader: { 'orders.receiveUpper': 'tenant' }, dispatcher: { 'orders.returnUpward': 'tenant' }, businessAdmin: { 'orders.manageSignRules': 'tenant' }, tenantAdmin: { 'orders.manageSignRules': 'tenant' } },
  routes: [
    bind(c.upwardRatioRoute, (ctx) => upwardRatio(ctx)),
    bind(c.receiveUpperRoute, receiveUpperRoute),
    bind(c.listUpperRoute, listUpper),
    bind(c.signUpperRoute, signUpper),
    bind(c.listSignRulesRoute, listSignRules),
    bind(c.proposeSignRulesRoute, proposeSignRules),
    bind(c.signModelRoute, (ctx) => signModelState(ctx)),
    bind(c.createSignRuleRoute, createSignRule),
    bind(c.changeSignRuleRoute, changeSignRule),
    bind(c.deleteSignRuleRoute, deleteSignRule),
    bind(c.returnUpwardRoute, returnOrderUpward),
  ],
  crons: [{ name: 'orders.signUpper', everySeconds: 30, run: signUpperDue }, { name: 'orders.signModel', everySeconds: 3600, run: trainSignModel }],
  settings: [signModelOn, signModelThreshold],
})
