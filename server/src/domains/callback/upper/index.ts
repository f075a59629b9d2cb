// Callback results of the upper platform: a part of callback.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { listUpperMatches, upperComparison } from './compare-levels.ts'
import { explainDifference, importUpperResults, listUpperImports } from './import-upper.ts'
import * as contract from './upper-contract.ts'

export const part = definePart({
  permissions: { 'callback.upper': '导入上级回访结果，登记差异原因' },
  routes: [bind(contract.importUpperResults, importUpperResults), bind(contract.listUpperImports, listUpperImports), bind(contract.upperComparison, upperComparison), bind(contract.listUpperMatches, listUpperMatches), bind(contract.explainDifference, explainDifference)],
})
