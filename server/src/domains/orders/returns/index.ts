// Around returns: the special reset, improper returns, the second path.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../../flow/index.ts'
import { definePart } from '../../platform/index.ts'
import { askFinisher } from '../requests/ask.ts'
import { resetFlow } from './reset-flow.ts'
import { requestResetRoute } from './return-contract.ts'
import { requestReset, resetKind } from './return-reset.ts'

export const part = definePart({
  permissions: { 'orders.resetReturn': '重开退回权限' },
  roles: { leader: { 'orders.resetReturn': 'tenant' } },
  routes: [bind(requestResetRoute, requestReset)],
  implements: [implement(flowDefinitions, () => [resetFlow]), implement(flowFinished, askFinisher([resetKind]))],
})
