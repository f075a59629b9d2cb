// Joint tasks of linked units.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './joint-contract.ts'
import { deliverJoint, concludeJoint, endJoint, jointNodeDone, openJoint, rateJoint, remindJoint, sweepJoints } from './joint-tasks.ts'
import { jointTaskDue } from './joint.settings.ts'
import { changeLinkedUnit, createLinkedUnit, listLinkedUnits, revealLinkedPhone } from './linked-units.ts'
import { jointCooperation, listJoints } from './list-joints.ts'

export { listJoints } from './list-joints.ts'
export { jointActs } from './list-joints.ts'
export { jointSms } from './joints.zh-CN.ts'
export { dropJoint } from './joint-tasks.ts'

const centre = { 'orders.openJoint': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.openJoint': '发起与协调协同任务', 'orders.manageJoint': '维护联动单位库', 'orders.rateJoint': '登记协同任务评价' },
  roles: {
    reviewer: { ...centre, 'orders.rateJoint': 'tenant' }, dispatcher: centre, shiftLeader: centre, callbackAgent: { 'orders.rateJoint': 'tenant' }, businessAdmin: { 'orders.manageJoint': 'tenant' }, tenantAdmin: { 'orders.manageJoint': 'tenant' },
  },
  settings: [jointTaskDue],
  crons: [{ name: 'orders.joints', everySeconds: 60, run: sweepJoints }],
  routes: [
    bind(contract.listLinkedUnitsRoute, listLinkedUnits), bind(contract.createLinkedUnitRoute, createLinkedUnit), bind(contract.changeLinkedUnitRoute, changeLinkedUnit), bind(contract.revealLinkedPhoneRoute, revealLinkedPhone),
    bind(contract.openJointRoute, openJoint), bind(contract.deliverJointRoute, deliverJoint), bind(contract.jointNodeDoneRoute, jointNodeDone), bind(contract.remindJointRoute, remindJoint), bind(contract.concludeJointRoute, concludeJoint), bind(contract.endJointRoute, endJoint),
    bind(contract.rateJointRoute, rateJoint), bind(contract.listJointsRoute, listJoints), bind(contract.jointCooperationRoute, jointCooperation),
  ],
})
