import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { discardFailedWork, failedWorkErrors, listFailedWork, retryFailedWork } from './failed-work.ts'

export const part = definePart({
  permissions: { 'platform.readFailedWork': '查看后台处理异常', 'platform.retryFailedWork': '重试或放弃后台处理' },
  roles: {
    systemAdmin: { 'platform.readFailedWork': 'tenantsBelow', 'platform.retryFailedWork': 'tenantsBelow' },
    tenantAdmin: { 'platform.readFailedWork': 'tenantsBelow', 'platform.retryFailedWork': 'tenantsBelow' },
  },
  routes: [bind(contract.listFailedWork, listFailedWork), bind(contract.retryFailedWork, retryFailedWork), bind(contract.discardFailedWork, discardFailedWork)],
  errors: failedWorkErrors,
})
