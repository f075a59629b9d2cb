import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { changeGroup, createGroup, deleteGroup, getGroup, listGroups } from './manage-groups.ts'
import { groupCrons } from './own-unit.ts'

export const part = definePart({
  permissions: { 'platform.manageGroups': '管理用户组' },
  roles: { tenantAdmin: { 'platform.manageGroups': 'tenant' }, systemAdmin: { 'platform.manageGroups': 'tenant' } },
  crons: groupCrons,
  routes: [bind(contract.listGroups, listGroups), bind(contract.getGroup, getGroup), bind(contract.createGroup, createGroup), bind(contract.changeGroup, changeGroup), bind(contract.deleteGroup, deleteGroup)],
})
