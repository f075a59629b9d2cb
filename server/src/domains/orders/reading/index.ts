// Reading: lists, the unit's board, one order and its timeline. What requesters see stands in `../public/`.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, exportSources, fileAccess, searchSources, todoSources } from '../../platform/index.ts'
import * as detail from './detail-contract.ts'
import { orderExports } from './export-orders.ts'
import { exportTimeline } from './export-timeline.ts'
import { mayOpenFile } from './file-access.ts'
import { orderSearch } from './search-source.ts'
import { orderTodo } from './home-todo.ts'
import * as list from './list-contract.ts'
import { listOrders, orderCounts } from './list-orders.ts'
import { listRequests } from './list-requests.ts'
import { getOrder, getOrderByNumber } from './order-detail.ts'
import { orderTimeline } from './timeline-view.ts'
import { unitAssignments } from './unit-assignments.ts'
import { unitBoard } from './unit-board.ts'
import * as unit from './unit-contract.ts'

export { indexOrder, type SearchedText } from './search-index.ts'

const exporters = { 'orders.export': 'tenant' } as const

/** Spread into module.ts; roles are merged per role. */
export const part = definePart({
  permissions: { 'orders.export': '导出工单' },
  roles: {
    shiftLeader: exporters, reviewer: exporters, dispatcher: exporters, supervisor: exporters, leader: exporters, businessAdmin: exporters, tenantAdmin: exporters, handler: { 'orders.export': 'unitTree' }, unitLeader: { 'orders.export': 'unitTree' },
  },
  routes: [
    bind(list.listOrdersRoute, listOrders),
    bind(list.orderCountsRoute, orderCounts),
    bind(list.listRequestsRoute, listRequests),
    bind(unit.unitBoardRoute, unitBoard),
    bind(unit.unitAssignmentsRoute, unitAssignments),
    bind(detail.getOrderByNumberRoute, getOrderByNumber),
    bind(detail.getOrderRoute, getOrder),
    bind(detail.orderTimelineRoute, orderTimeline),
    bind(detail.exportTimelineRoute, exportTimeline),
  ],
  implements: [implement(exportSources, orderExports), implement(fileAccess, mayOpenFile), implement(todoSources, orderTodo), implement(searchSources, orderSearch)],
})
