// Joint review: a part of inspection.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, messageTypes, todoSources } from '../../platform/index.ts'
import { changeJoint, endJoint, jointPeople, jointTodo, listJoints, openJoint, voiceJoint } from './joint.ts'
import * as contract from './joint-contract.ts'

export const part = definePart({
  routes: [bind(contract.openJointRoute, openJoint), bind(contract.voiceJointRoute, voiceJoint), bind(contract.changeJointRoute, changeJoint), bind(contract.endJointRoute, endJoint), bind(contract.listJointsRoute, listJoints), bind(contract.jointPeopleRoute, jointPeople)],
  implements: [implement(todoSources, jointTodo), implement(messageTypes, () => [{ code: 'quality.joint', name: '质检联合评审', module: 'quality', duty: true }])],
})
