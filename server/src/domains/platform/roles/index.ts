import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import { changeRole, createRole, deleteRole } from './change-roles.ts'
import * as contract from './contract.ts'
import { exclusiveSetting, grantRole, withdrawGrant } from './grants.ts'
import { getRole, listPermissions, listRoles, listRoleTemplates } from './list-roles.ts'
import { roleErrors } from './role.errors.ts'
import { delegateRole, delegationSetting, endDelegation, listMyDelegations } from './delegate-role.ts'
import * as report from './report-contract.ts'
import { listRightChanges, listRightHolders } from './rights-report.ts'
import { userRights } from './user-rights.ts'

export const part = definePart({
  permissions: {
    'platform.readRoles': '查看角色', 'platform.manageRoles': '管理角色', 'platform.grantRoles': '授予和收回角色', 'platform.grantAll': '授予本人未持有的权限',
  },
  roles: {
    tenantAdmin: { 'platform.readRoles': 'tenantsBelow', 'platform.manageRoles': 'tenantsBelow', 'platform.grantRoles': 'tenantsBelow', 'platform.grantAll': 'tenantsBelow' },
    systemAdmin: { 'platform.readRoles': 'tenant', 'platform.manageRoles': 'tenant', 'platform.grantRoles': 'tenant', 'platform.grantAll': 'tenant' },
    auditor: { 'platform.readRoles': 'tenant' },
  },
  routes: [
    bind(contract.listPermissions, listPermissions),
    bind(contract.listRoleTemplates, listRoleTemplates),
    bind(contract.listRoles, listRoles),
    bind(contract.getRole, getRole),
    bind(contract.createRole, createRole),
    bind(contract.changeRole, changeRole),
    bind(contract.deleteRole, deleteRole),
    bind(contract.grantRole, grantRole),
    bind(contract.withdrawGrant, withdrawGrant),
    bind(contract.userRights, userRights),
    bind(report.listRightHolders, listRightHolders),
    bind(report.listRightChanges, listRightChanges),
    bind(report.listMyDelegations, listMyDelegations),
    bind(report.delegateRole, delegateRole),
    bind(report.endDelegation, endDelegation),
  ],
  settings: [exclusiveSetting, delegationSetting],
  errors: roleErrors,
})
