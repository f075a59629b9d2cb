// Merged hotlines: a register, and what its mode of merging steers (PLA-06).
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addLine, changeLine, lineVolumes, listLines } from './keep-lines.ts'
import * as contract from './line-contract.ts'
import { lineFail } from './line.errors.ts'
import { lineChanged } from './line-store.ts'

export { callsOfNumber, fullyMergedNumbers, lineChanged, lineOfNumber } from './line-store.ts'

const manager = { 'orders.manageLines': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageLines': '维护归并热线' },
  roles: { businessAdmin: manager, tenantAdmin: manager },
  errors: lineFail,
  events: { publishes: [lineChanged] },
  routes: [bind(contract.listLinesRoute, listLines), bind(contract.lineVolumesRoute, lineVolumes), bind(contract.addLineRoute, addLine), bind(contract.changeLineRoute, changeLine)],
})
