// Assessment: scores of units, areas and people by rules that are data, frozen, reviewed, published, and followed to the order.
import { onMany } from '../../kernel/events/event.ts'
import { bind } from '../../kernel/http/route.ts'
import { asJob } from '../../kernel/jobs/job.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { callbackCompleted } from '../callback/index.ts'
import { orderEventTypes } from '../orders/index.ts'
import { exportSources, fileAccess } from '../platform/index.ts'
import { runningScores } from '../supervision/index.ts'
import { appealLoss, decideAppeal, listAppeals, mayOpenAssessmentFile } from './appeals.ts'
import { assessmentFail } from './assessment.errors.ts'
import * as contract from './contract.ts'
import { assessmentExports } from './export-scores.ts'
import { addVersion, createModel, listModels, tryRules } from './keep-models.ts'
import { addUnits, changeLevel, changeObject, createLevel, createObject, deleteLevel, listLevels, listObjects } from './keep-objects.ts'
import { followChanges, noteChanges, refreshLive } from './live.ts'
import { downloadAssessmentReport } from './print-report.ts'
import { freezePeriods, reopenPeriod, reviewPeriod, withdrawPeriod } from './publish.ts'
import { listLeftOut, listLosses, showEvidence } from './read-losses.ts'
import { listPeriods, openPeriod, showPeriod } from './read-periods.ts'
import { myAssessment, showScore, simulate } from './read-scores.ts'
import { assessmentJobs, startRun, verifyRun } from './run-period.ts'
import { scoresNow } from './running-scores.ts'
import { assessmentSettings } from './settings.ts'
import { warnRanks } from './warn-ranks.ts'
import { part as figures } from './figures/index.ts'
import { part as upper } from './upper/index.ts'
import { upperImportJob } from './upper/import-detail.ts'
import { addSpecial, endSpecial, listSpecials } from './special-orders.ts'

const look = { 'assessment.read': 'tenant' } as const
const own = { 'assessment.read': 'unitTree' } as const
const keep = { ...look, 'assessment.manage': 'tenant', 'assessment.decide': 'tenant' } as const

const routes = [
  bind(contract.levelsRoute, listLevels), bind(contract.createLevelRoute, createLevel), bind(contract.changeLevelRoute, changeLevel), bind(contract.deleteLevelRoute, deleteLevel),
  bind(contract.objectsRoute, listObjects), bind(contract.createObjectRoute, createObject), bind(contract.addUnitsRoute, addUnits), bind(contract.changeObjectRoute, changeObject),
  bind(contract.modelsRoute, listModels), bind(contract.createModelRoute, createModel), bind(contract.addVersionRoute, addVersion), bind(contract.tryRulesRoute, tryRules),
  bind(contract.periodsRoute, listPeriods), bind(contract.openPeriodRoute, openPeriod), bind(contract.periodRoute, showPeriod), bind(contract.runPeriodRoute, startRun), bind(contract.reviewPeriodRoute, reviewPeriod), bind(contract.withdrawPeriodRoute, withdrawPeriod), bind(contract.reopenPeriodRoute, reopenPeriod), bind(contract.verifyRunRoute, verifyRun),
  bind(contract.mineRoute, myAssessment), bind(contract.scoreRoute, showScore), bind(contract.lossesRoute, listLosses), bind(contract.leftOutRoute, listLeftOut), bind(contract.evidenceRoute, showEvidence), bind(contract.simulateRoute, simulate), bind(contract.printReportRoute, downloadAssessmentReport),
  bind(contract.appealsRoute, listAppeals), bind(contract.appealRoute, appealLoss), bind(contract.decideAppealRoute, decideAppeal), bind(contract.specialsRoute, listSpecials), bind(contract.addSpecialRoute, addSpecial), bind(contract.endSpecialRoute, endSpecial),
  ...(upper.routes ?? []), ...(figures.routes ?? []),
]

/** Running figures follow what changes rates; all else is read anew every few hours. */
const watched = onMany<{ orderId: string }>([callbackCompleted, orderEventTypes.orderClosed, orderEventTypes.orderRedone, orderEventTypes.orderArchived], 'assessment', noteChanges)

export const assessment = defineModule({
  name: 'assessment',
  tables: 'assessment_',
  dependsOn: ['platform', 'flow', 'matters', 'orders', 'supervision', 'callback', 'data'],
  permissions: { 'assessment.read': '查看考核成绩', 'assessment.manage': '维护考核规则与核算', 'assessment.publish': '审核发布成绩', 'assessment.appeal': '申诉成绩', 'assessment.decide': '裁定成绩申诉' },
  roles: {
    leader: { 'assessment.read': 'tenantsBelow', 'assessment.publish': 'tenant' }, supervisor: look, inspector: look, shiftLeader: own, reviewer: look, handler: own, unitLeader: { ...own, 'assessment.appeal': 'unitTree' }, agent: own,
    businessAdmin: keep, tenantAdmin: { ...keep, 'assessment.publish': 'tenant' },
  },
  routes,
  events: { handles: watched },
  jobs: [...assessmentJobs, asJob(upperImportJob)],
  crons: [{ name: 'assessment.follow', everySeconds: 2, run: followChanges, once: true }, { name: 'assessment.live', everySeconds: 600, run: refreshLive }, { name: 'assessment.warnRanks', everySeconds: 900, run: warnRanks }, { name: 'assessment.freeze', everySeconds: 300, run: freezePeriods }],
  realtime: { assessment: { may: 'assessment.read' } },
  settings: assessmentSettings,
  errors: assessmentFail,
  implements: [implement(runningScores, scoresNow), implement(fileAccess, mayOpenAssessmentFile), implement(exportSources, assessmentExports), ...(upper.implements ?? [])],
})
