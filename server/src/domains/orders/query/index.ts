// The comprehensive query: conditions over every dimension, sorted, saved, exported.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import { queryExports } from './export-query.ts'
import * as contract from './query-contract.ts'
import { orderQueryFields, queryOrders } from './run-query.ts'

export const part = definePart({
  routes: [bind(contract.queryFieldsRoute, orderQueryFields), bind(contract.queryOrdersRoute, queryOrders)],
  implements: [implement(exportSources, queryExports)],
})
