// What follows a dissatisfied answer: re-examination, redo on the same order, or a new linked one.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './redo-contract.ts'
import { redoFail } from './redo.errors.ts'
import { redoMode, reexamineBeforeRedo } from './redo.settings.ts'
import { decideReexamination, listReexaminations } from './reexamination.ts'

export { redo, wayAfterDissatisfaction, type RedoWay } from './redo-order.ts'
export { askReexamination, listReexaminations, REEXAMINE } from './reexamination.ts'

const examiner = { 'orders.reexamine': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.reexamine': '复查不满意' },
  roles: { reviewer: examiner, shiftLeader: examiner },
  errors: redoFail,
  settings: [redoMode, reexamineBeforeRedo],
  routes: [bind(contract.listReexaminationsRoute, listReexaminations), bind(contract.decideReexaminationRoute, decideReexamination)],
})
