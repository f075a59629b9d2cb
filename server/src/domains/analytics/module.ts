// Boards, themes, statistics tables and questions in Chinese: definitions over the semantic layer of `data`.
import { bind } from '../../kernel/http/route.ts'
import { defineModule } from '../../kernel/module.ts'
import { analyticsFail } from './analytics.errors.ts'
import { listNamedPeriods } from './named-period.ts'
import { findTopics } from './topics/find-topics.ts'
import { changeHotEvent, decideHotEvent, generateHotEvents, listHotEvents, showHotEvent } from './topics/hot-events.ts'
import * as topic from './topics/topic-contract.ts'
import { makeDueLists } from './topics/hot-lists.ts'
import { hotLists, leastOfTopic } from './topics/topic-settings.ts'
import * as ask from './ask/ask-contract.ts'
import { askData, listAsks, markAsk } from './ask/ask.ts'
import { changeBoardState, createBoard, listBoards, publishBoard, saveBoard, showBoard } from './boards.ts'
import * as contract from './contract.ts'
import { resolveSubject } from '../../kernel/auth/sessions.ts'
import { implement } from '../../kernel/port.ts'
import { checkHealth, keepHealthModel } from './health/check-health.ts'
import * as flow from './flow/flow-contract.ts'
import { repeatsOfFlow, slowStage } from './flow/flow-settings.ts'
import { findFlowPatterns, listFlowOrders, showFlowPath } from './flow/flow.ts'
import * as health from './health/health-contract.ts'
import * as map from './maps/map-contract.ts'
import { mapFigures } from './maps/map-figures.ts'
import { chronicWeeks, leastOfSpot, suddenRise } from './maps/map-settings.ts'
import { beginPairing, changeScreen, claimPairing, confirmScreen, listScreenDevices, ownScreen, resolveDevice, revokeScreen } from './screens/pairing.ts'
import * as operation from './operations/operation-contract.ts'
import { doOperation, ensureOperations, listOperationRuns, listOperations, remindLate, saveOperation } from './operations/operations.ts'
import * as outlook from './outlook/outlook-contract.ts'
import { forecastFigures, impactOfEvent } from './outlook/outlook.ts'
import * as snapshot from './snapshots/snapshot-contract.ts'
import { indicatorPlaces } from '../data/index.ts'
import { boardPlaces } from './indicator-places.ts'
import { heldByAssessment, purgeSnapshots, snapshotHolders } from './snapshots/keep-snapshots.ts'
import { keepDays, mostRows } from './snapshots/snapshot-settings.ts'
import { listSnapshots, showSnapshot, takeSnapshot } from './snapshots/snapshots.ts'
import * as screen from './screens/screen-contract.ts'
import { smallCell } from './screens/screen-settings.ts'
import { showScreen } from './screens/show-screen.ts'

export const analytics = defineModule({
  name: 'analytics',
  tables: 'analytics_',
  dependsOn: ['platform', 'matters', 'ai', 'orders', 'telephony', 'supervision', 'data', 'assessment'],
  permissions: { 'analytics.manage': '编辑看板、专题和统计报表', 'analytics.screens': '接入和收回大屏', 'analytics.screen': '大屏设备读取看板', 'analytics.events': '生成、编辑和确认热点事件' },
  roles: { shiftLeader: { 'analytics.events': 'tenant' }, supervisor: { 'analytics.events': 'tenant' }, businessAdmin: { 'analytics.events': 'tenant', 'analytics.manage': 'tenant', 'analytics.screens': 'tenant' }, tenantAdmin: { 'analytics.events': 'tenant', 'analytics.manage': 'tenant', 'analytics.screens': 'tenant' } },
  routes: [bind(contract.boardsRoute, listBoards), bind(contract.boardRoute, showBoard), bind(contract.createBoardRoute, createBoard), bind(contract.saveBoardRoute, saveBoard), bind(contract.publishBoardRoute, publishBoard), bind(contract.withdrawBoardRoute, changeBoardState), bind(contract.periodsRoute, listNamedPeriods), bind(topic.topicsRoute, findTopics), bind(topic.eventsRoute, listHotEvents), bind(topic.generateRoute, generateHotEvents), bind(topic.eventRoute, showHotEvent), bind(topic.changeEventRoute, changeHotEvent), bind(topic.decideEventRoute, decideHotEvent), bind(ask.askRoute, askData), bind(ask.asksRoute, listAsks), bind(ask.markAskRoute, markAsk), bind(flow.flowRoute, findFlowPatterns), bind(flow.flowOrdersRoute, listFlowOrders), bind(flow.flowPathRoute, showFlowPath), bind(map.mapRoute, mapFigures), bind(snapshot.takeSnapshotRoute, takeSnapshot), bind(snapshot.snapshotsRoute, listSnapshots), bind(snapshot.snapshotRoute, showSnapshot), bind(health.healthRoute, checkHealth), bind(health.keepHealthRoute, keepHealthModel), bind(outlook.forecastRoute, forecastFigures), bind(outlook.impactRoute, impactOfEvent), bind(operation.operationsRoute, listOperations), bind(operation.saveOperationRoute, saveOperation), bind(operation.doOperationRoute, doOperation), bind(operation.operationRunsRoute, listOperationRuns),
    bind(screen.beginPairingRoute, beginPairing), bind(screen.claimPairingRoute, claimPairing), bind(screen.ownScreenRoute, ownScreen), bind(screen.screenBoardRoute, showScreen), bind(screen.screenDevicesRoute, listScreenDevices), bind(screen.confirmScreenRoute, confirmScreen), bind(screen.changeScreenRoute, changeScreen), bind(screen.revokeScreenRoute, revokeScreen)],
  settings: [repeatsOfFlow, slowStage, leastOfTopic, hotLists, smallCell, chronicWeeks, suddenRise, leastOfSpot, mostRows, keepDays],
  crons: [{ name: 'analytics.hotLists', everySeconds: 3600, run: makeDueLists }, { name: 'analytics.purgeSnapshots', everySeconds: 3600, run: purgeSnapshots }, { name: 'analytics.deliveredOperations', everySeconds: 30, run: ensureOperations }, { name: 'analytics.lateOperations', everySeconds: 3600, run: remindLate }],
  // A wall hears that figures changed, never of what.
  realtime: { 'analytics.screen': { may: 'analytics.screen' } },
  implements: [implement(resolveSubject, resolveDevice), implement(snapshotHolders, heldByAssessment), implement(indicatorPlaces, boardPlaces)],
  errors: analyticsFail,
})
