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
import { keepReadings } from './keep-readings.ts'
import { decideLabelProposal, listLabelProposals, mineLabels, mineLabelsNow, mineLeast } from './mine-labels.ts'
import { proposeOrderLabels } from './propose-labels.ts'
import * as signals from './signal-contract.ts'
import { subjectFigures } from './subject-figures.ts'
import { decideSurge, findSurges, findSurgesNow, listSurges, surgeLeast, surgeTimes } from './surges.ts'

export { learnedUnits, keepDispatch } from './learned-units.ts'
export { keepRegistration } from './confirmed-orders.ts'

export const part = definePart({
  routes: [bind(contract.checkReplyRoute, checkOrderReply), bind(contract.proposeLabelsRoute, proposeOrderLabels), bind(contract.readingRoute, readOrderText), bind(contract.changeSubjectRoute, changeSubject), bind(contract.scriptRoute, fitScript), bind(contract.listDispatchesRoute, listDispatches), bind(contract.dispatchFiguresRoute, dispatchFigures), bind(contract.confirmCauseRoute, confirmCause),
    bind(signals.subjectFiguresRoute, subjectFigures), bind(signals.listSurgesRoute, listSurges), bind(signals.findSurgesRoute, findSurgesNow), bind(signals.decideSurgeRoute, decideSurge), bind(signals.listLabelProposalsRoute, listLabelProposals), bind(signals.mineLabelsRoute, mineLabelsNow), bind(signals.decideLabelProposalRoute, decideLabelProposal)],
  implements: [implement(trainingSource, confirmedOrders), implement(candidateNames, namesOfValues)],
  crons: [{ name: 'orders.dispatchByModel', everySeconds: 30, run: dispatchByModel }, { name: 'orders.discoverClusters', everySeconds: 3600, run: discoverClusters }, { name: 'orders.keepReadings', everySeconds: 60, run: keepReadings }, { name: 'orders.findSurges', everySeconds: 3600, run: async (ctx) => void (await findSurges(ctx)) }, { name: 'orders.mineLabels', everySeconds: 86_400, run: async (ctx) => void (await mineLabels(ctx)) }],
  settings: [clusterLeast, clusterDays, surgeTimes, surgeLeast, mineLeast],
})
