import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { auditErrors, exportAudit, listSealedStores, searchAudit, verifyAudit } from './search-audit.ts'

export const part = definePart({
  permissions: { 'platform.readAudit': '查看审计记录', 'platform.exportAudit': '导出审计记录' },
  roles: {
    auditor: { 'platform.readAudit': 'tenantsBelow', 'platform.exportAudit': 'tenantsBelow' },
    tenantAdmin: { 'platform.readAudit': 'tenantsBelow' },
    systemAdmin: { 'platform.readAudit': 'tenant' },
  },
  routes: [bind(contract.searchAudit, searchAudit), bind(contract.exportAudit, exportAudit), bind(contract.listSealedStores, listSealedStores), bind(contract.verifyAudit, verifyAudit)],
  errors: auditErrors,
})
