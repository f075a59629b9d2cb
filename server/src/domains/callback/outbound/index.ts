// Calling out by plan and by robot: a part of callback.
import { on } from '../../../kernel/events/event.ts'
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { dialTaskEnded } from '../../telephony/index.ts'
import { robotCallEnded, workRobots } from '../robot/work-robots.ts'
import { addDoNotCall, dropDoNotCall, listDoNotCall } from './do-not-call.ts'
import { dialCallback } from './dial-callback.ts'
import { runPlans } from './fill-plan.ts'
import { missingRecordings } from './missing-recordings.ts'
import * as contract from './outbound-contract.ts'
import { outboundSettings } from './outbound.settings.ts'
import { actOnPlan, listPlans, previewPlan, savePlan } from './plans.ts'
import { listRobotTasks, robotBoard } from './robot-board.ts'
import { dropStrategy, listStrategies, saveStrategy } from './strategies.ts'

export const part = definePart({
  permissions: { 'callback.plan': '管理回访计划、外呼策略和免打扰名单' },
  routes: [
    bind(contract.dialCallback, dialCallback), bind(contract.listPlans, listPlans), bind(contract.previewPlan, previewPlan), bind(contract.savePlan, savePlan), bind(contract.actOnPlan, actOnPlan), bind(contract.listStrategies, listStrategies), bind(contract.saveStrategy, saveStrategy), bind(contract.dropStrategy, dropStrategy),
    bind(contract.listDoNotCall, listDoNotCall), bind(contract.addDoNotCall, addDoNotCall), bind(contract.dropDoNotCall, dropDoNotCall), bind(contract.robotBoard, robotBoard), bind(contract.listRobotTasks, listRobotTasks),
  ],
  events: { publishes: [], handles: [on(dialTaskEnded, 'callback.robot', robotCallEnded)] },
  crons: [{ name: 'callback.runPlans', everySeconds: 60, run: runPlans }, { name: 'callback.workRobots', everySeconds: 10, run: workRobots }, { name: 'callback.missingRecordings', everySeconds: 600, run: missingRecordings }],
  settings: outboundSettings,
})
