import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import * as control from './control-contract.ts'
import { changeTenantControl, getTenantControl, listTenantDifferences } from './control-tenant.ts'
import { menuFeature, menuSetting } from './menu.ts'
import { changeTenant, createTenant, listTenants, listTenantTree, reopenTenant, suspendTenant } from './manage-tenants.ts'
import { sessionFeatures } from '../sign-in/session-features.ts'
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
    bind(control.getTenantControl, getTenantControl),
    bind(control.changeTenantControl, changeTenantControl),
    bind(control.listTenantDifferences, listTenantDifferences),
  ],
  settings: [menuSetting],
  implements: [implement(sessionFeatures, menuFeature)],
  errors: tenantErrors,
})
