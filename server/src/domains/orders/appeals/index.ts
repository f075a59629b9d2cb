// Dissatisfaction appeals.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../../flow/index.ts'
import { definePart } from '../../platform/index.ts'
import { askFinisher } from '../requests/ask.ts'
import { appeal, appealKind } from './appeal.ts'
import { appealRoute } from './appeal-contract.ts'
import { appealFlow } from './appeal-flow.ts'

const decides = { 'orders.decideAppeal': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.decideAppeal': '认定不满意申诉' },
  roles: { reviewer: decides, supervisor: decides, leader: decides },
  routes: [bind(appealRoute, appeal)],
  implements: [implement(flowDefinitions, () => [appealFlow]), implement(flowFinished, askFinisher([appealKind]))],
})
