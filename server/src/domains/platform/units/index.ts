import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { exportSources } from '../lists/export-sources.ts'
import { definePart } from '../part.ts'
import { changeUnit, createUnit, deleteUnit, disableUnit, enableUnit, moveUnit } from './change-units.ts'
import * as contract from './contract.ts'
import { unitExport } from './export-units.ts'
import { importUnits } from './import-units.ts'
import { getUnit, pickUnits, unitTree } from './list-units.ts'
import { mergeUnit, previewMerge } from './merge-units.ts'
import { unitErrors } from './unit.errors.ts'

export const part = definePart({
  permissions: { 'platform.manageUnits': '管理机构' },
  roles: { tenantAdmin: { 'platform.manageUnits': 'tenantsBelow' }, businessAdmin: { 'platform.manageUnits': 'tenant' }, systemAdmin: { 'platform.manageUnits': 'tenant' } },
  routes: [
    bind(contract.unitTree, unitTree),
    bind(contract.pickUnits, pickUnits),
    bind(contract.importUnits, importUnits),
    bind(contract.getUnit, getUnit),
    bind(contract.createUnit, createUnit),
    bind(contract.changeUnit, changeUnit),
    bind(contract.moveUnit, moveUnit),
    bind(contract.previewMerge, previewMerge),
    bind(contract.mergeUnit, mergeUnit),
    bind(contract.disableUnit, disableUnit),
    bind(contract.enableUnit, enableUnit),
    bind(contract.deleteUnit, deleteUnit),
  ],
  errors: unitErrors,
  implements: [implement(exportSources, () => [unitExport])],
})
