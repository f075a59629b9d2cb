import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { areaErrors, changeArea, createArea, importAreas, listAreas } from './manage-areas.ts'

export const part = definePart({
  permissions: { 'platform.manageAreas': '维护区划' },
  roles: { tenantAdmin: { 'platform.manageAreas': 'tenantsBelow' }, systemAdmin: { 'platform.manageAreas': 'tenant' } },
  routes: [bind(contract.listAreas, listAreas), bind(contract.createArea, createArea), bind(contract.importAreas, importAreas), bind(contract.changeArea, changeArea)],
  errors: areaErrors,
})
