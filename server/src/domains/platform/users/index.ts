import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { exportSources } from '../lists/export-sources.ts'
import { definePart } from '../part.ts'
import { changeUser, deleteUser, disableUser, enableUser, endUserSessions, resetPassword, resetTotp, unlockUser } from './change-user.ts'
import * as contract from './contract.ts'
import { createUser, openingSetting } from './create-user.ts'
import { userExport } from './export-users.ts'
import { importSetting, importUsers } from './import-users.ts'
import { getUser, listUsers, pickUsers } from './list-users.ts'
import { userErrors } from './user.errors.ts'

export const part = definePart({
  permissions: { 'platform.readUsers': '查看用户', 'platform.manageUsers': '管理用户' },
  roles: {
    tenantAdmin: { 'platform.readUsers': 'tenantsBelow', 'platform.manageUsers': 'tenantsBelow' },
    systemAdmin: { 'platform.readUsers': 'tenant', 'platform.manageUsers': 'tenant' },
    businessAdmin: { 'platform.readUsers': 'tenant' },
    auditor: { 'platform.readUsers': 'tenant' },
  },
  routes: [
    bind(contract.pickUsers, pickUsers),
    bind(contract.listUsers, listUsers),
    bind(contract.importUsers, importUsers),
    bind(contract.getUser, getUser),
    bind(contract.createUser, createUser),
    bind(contract.changeUser, changeUser),
    bind(contract.disableUser, disableUser),
    bind(contract.enableUser, enableUser),
    bind(contract.unlockUser, unlockUser),
    bind(contract.endUserSessions, endUserSessions),
    bind(contract.resetTotp, resetTotp),
    bind(contract.resetPassword, resetPassword),
    bind(contract.deleteUser, deleteUser),
  ],
  settings: [importSetting, openingSetting],
  errors: userErrors,
  implements: [implement(exportSources, () => [userExport])],
})
