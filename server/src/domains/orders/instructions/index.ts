// Leaders' instructions in steps.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { askInstruction, askInstructionRoute, instruction } from './instructions.ts'

export { instructionFlow } from './instruction-flow.ts'
export { instructionActs } from './instructions.ts'
export const instructionKinds = [instruction]

const asks = { 'orders.askInstruction': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.askInstruction': '提请领导批示', 'orders.instructFirst': '值班领导批示' },
  roles: { reviewer: asks, dispatcher: asks, supervisor: asks, shiftLeader: { ...asks, 'orders.instructFirst': 'tenant' } },
  routes: [bind(askInstructionRoute, askInstruction)],
})
