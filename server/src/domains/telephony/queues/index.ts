// Queues, seats and skills: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addQueue, changeQueue, listQueues, openQueue, setMembers } from './keep-queues.ts'
import { addSkill, listSeats, listSkills, removeSkill, setSkills } from './keep-skills.ts'
import * as contract from './queue-contract.ts'

const manage = { 'telephony.queues': 'tenant' } as const

export const part = definePart({
  permissions: { 'telephony.queues': '维护话务队列和座席技能' },
  roles: { shiftLeader: manage, businessAdmin: manage, tenantAdmin: manage },
  routes: [
    bind(contract.listQueues, listQueues), bind(contract.addQueue, addQueue), bind(contract.changeQueue, changeQueue), bind(contract.openQueue, openQueue), bind(contract.setMembers, setMembers),
    bind(contract.listSeats, listSeats), bind(contract.setSkills, setSkills), bind(contract.listSkills, listSkills), bind(contract.addSkill, addSkill), bind(contract.removeSkill, removeSkill),
  ],
  realtime: { 'telephony.queues': { may: '' } },
})
