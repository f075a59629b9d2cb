import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { changeTenant, createTenant, listTenants, listTenantTree, reopenTenant, suspendTenant } from './manage-tenants.ts'
import { tenantErrors } from './tenant.errors.ts'

export const part = definePart({
  permissions: { 'platform.manageTenants': '管理租户' },
  roles: { tenantAdmin: { 'platform.manageTenants': 'tenantsBelow' } },
  routes: [
    bind(contract.listTenants, listTenants),
    bind(contract.listTenantTree, listTenantTree),
    bind(contract.createTenant, createTenant),
    bind(contract.changeTenant, changeTenant),
    bind(contract.suspendTenant, suspendTenant),
    bind(contract.reopenTenant, reopenTenant),
  ],
  errors: tenantErrors,
})
