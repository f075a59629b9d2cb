// The robot (INT-15, INT-16): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { askRobot, robotFeedback } from './ask-robot.ts'
import * as contract from './robot-contract.ts'
import { listDialogues, readDialogue, robotStatistics } from './robot-statistics.ts'

export const part = definePart({
  permissions: { 'intake.robot': '查看智能问答' },
  roles: { shiftLeader: { 'intake.robot': 'tenant' }, businessAdmin: { 'intake.robot': 'tenant' }, tenantAdmin: { 'intake.robot': 'tenant' } },
  routes: [bind(contract.askRobotRoute, askRobot), bind(contract.robotFeedbackRoute, robotFeedback), bind(contract.robotStatistics, robotStatistics), bind(contract.listRobotDialogues, listDialogues), bind(contract.readRobotDialogue, readDialogue)],
})
