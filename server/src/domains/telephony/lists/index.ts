// Black, white and red lists: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../../flow/index.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import { addEntry, changeEntry, decideEntry, expireEntries, removeEntry } from './keep-entries.ts'
import { importEntries } from './import-entries.ts'
import { auditEntries, restoreEntry } from './audit-entries.ts'
import { listApproved, listFlows } from './approve-entries.ts'
import * as contract from './list-contract.ts'
import { listEntries, listExport } from './read-entries.ts'

const manage = { 'telephony.lists': 'tenant' } as const

export const part = definePart({
  permissions: { 'telephony.lists': '维护黑白红名单', 'telephony.approveLists': '审批号码名单（业务）', 'telephony.approveListsCompliance': '审批号码名单（合规）' },
  roles: { shiftLeader: manage, businessAdmin: { ...manage, 'telephony.approveLists': 'tenant' }, tenantAdmin: { ...manage, 'telephony.approveListsCompliance': 'tenant' } },
  routes: [
    bind(contract.listEntries, listEntries),
    bind(contract.addEntry, addEntry),
    bind(contract.changeEntry, changeEntry),
    bind(contract.removeEntry, removeEntry),
    bind(contract.decideEntry, decideEntry),
    bind(contract.importEntries, importEntries), bind(contract.restoreEntry, restoreEntry),
  ],
  crons: [{ name: 'telephony.expireEntries', everySeconds: 60, run: expireEntries }, { name: 'telephony.auditEntries', everySeconds: 3600, run: auditEntries }],
  realtime: { 'telephony.lists': { may: 'telephony.lists' } },
  implements: [implement(flowDefinitions, () => listFlows), implement(flowFinished, listApproved), implement(exportSources, () => [listExport])],
})
