// What orders tell the engines and take from them: confirmed orders as samples, names of values, learned units, dispatch by itself.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { candidateNames, trainingSource } from '../../ai/index.ts'
import { definePart } from '../../platform/index.ts'
import { checkOrderReply } from './check-reply.ts'
import { confirmedOrders, namesOfValues } from './confirmed-orders.ts'
import { clusterDays, clusterLeast, discoverClusters } from './discover-clusters.ts'
import { dispatchByModel } from './learned-units.ts'
import { confirmCause, dispatchFigures, listDispatches } from './dispatch-history.ts'
import { fitScript } from './fit-script.ts'
import * as contract from './learning-contract.ts'
import { changeSubject, readOrderText } from './order-reading.ts'
import { proposeOrderLabels } from './propose-labels.ts'

export { learnedUnits, keepDispatch } from './learned-units.ts'
export { keepRegistration } from './confirmed-orders.ts'

export const part = definePart({
  routes: [bind(contract.checkReplyRoute, checkOrderReply), bind(contract.proposeLabelsRoute, proposeOrderLabels), bind(contract.readingRoute, readOrderText), bind(contract.changeSubjectRoute, changeSubject), bind(contract.scriptRoute, fitScript), bind(contract.listDispatchesRoute, listDispatches), bind(contract.dispatchFiguresRoute, dispatchFigures), bind(contract.confirmCauseRoute, confirmCause)],
  implements: [implement(trainingSource, confirmedOrders), implement(candidateNames, namesOfValues)],
  crons: [{ name: 'orders.dispatchByModel', everySeconds: 30, run: dispatchByModel }, { name: 'orders.discoverClusters', everySeconds: 3600, run: discoverClusters }],
  settings: [clusterLeast, clusterDays],
})
