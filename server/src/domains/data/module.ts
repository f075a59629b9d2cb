// Figures: one catalogue of indicators, one way to count them, and the rows behind each.
import { bind } from '../../kernel/http/route.ts'
import { asJob } from '../../kernel/jobs/job.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { bulletinFigures } from '../intake/index.ts'
import { exportSources } from '../platform/index.ts'
import * as contract from './contract.ts'
import { figuresForPublic } from './bulletin.ts'
import { dataFail } from './data.errors.ts'
import { dataExports } from './exports.ts'
import { figures } from './answer.ts'
import * as outside from './interfaces/interface-contract.ts'
import { callInterface, describeInterface, keepInterface, listInterfaceCalls, listInterfaces } from './interfaces/interfaces.ts'
import { listChanges } from './changes.ts'
import { changeIndicator, createIndicator, decideIndicatorChange, listIndicators, showIndicator, stopIndicator } from './manage.ts'
import { followChanges } from './kept/follow.ts'
import { buildSums, showSums } from './kept/read-kept.ts'
import { buildKept, keepBuilt } from './kept/rebuild.ts'
import { verifyKept } from './kept/verify.ts'
import { keepHistory, writeHistory } from './history/months.ts'
import * as models from './models/model-contract.ts'
import { downloadModel, modelExports } from './models/model-files.ts'
import { changeModel, createModel, listModelBases, listModels, removeModel, showModel } from './models/model-store.ts'
import { runModel } from './models/run-model.ts'
import { indicatorPlaces, interfacePlaces, listPlaces } from './places.ts'
import { figureRows } from './rows.ts'
import * as series from './series/series-contract.ts'
import { keepSeries, listSeries, listSeriesValues, loadSeries } from './series/series.ts'
import { specialPeriods } from './special-days.ts'
import { historyAfter, historyFrom, indicatorReview, keptFrom, lateAfter, queryRows, querySeconds } from './settings.ts'

const look = { 'data.read': 'tenant' } as const

export const data = defineModule({
  name: 'data',
  tables: 'data_',
  dependsOn: ['platform', 'flow', 'matters', 'orders', 'telephony', 'intake', 'supervision', 'callback'],
  permissions: { 'data.read': '查看指标', 'data.manage': '维护指标目录' },
  // What is counted follows the right to read orders: a unit's people count the unit's orders.
  roles: { shiftLeader: look, reviewer: look, dispatcher: look, supervisor: look, inspector: look, leader: look, unitLeader: look, businessAdmin: { ...look, 'data.manage': 'tenant' }, tenantAdmin: { ...look, 'data.manage': 'tenant' } },
  routes: [bind(contract.indicatorsRoute, listIndicators), bind(contract.indicatorRoute, showIndicator), bind(contract.createIndicatorRoute, createIndicator), bind(contract.changeIndicatorRoute, changeIndicator), bind(contract.stopIndicatorRoute, stopIndicator), bind(contract.placesRoute, listPlaces), bind(contract.indicatorChangesRoute, listChanges), bind(contract.decideChangeRoute, decideIndicatorChange), bind(contract.figuresRoute, figures), bind(contract.figureRowsRoute, figureRows), bind(outside.interfacesRoute, listInterfaces), bind(outside.keepInterfaceRoute, keepInterface), bind(outside.interfaceCallsRoute, listInterfaceCalls), bind(outside.describeInterfaceRoute, describeInterface), bind(outside.callInterfaceRoute, callInterface), bind(series.seriesRoute, listSeries), bind(series.keepSeriesRoute, keepSeries), bind(series.seriesValuesRoute, listSeriesValues), bind(series.loadSeriesRoute, loadSeries), bind(models.modelBasesRoute, listModelBases), bind(models.modelsRoute, listModels), bind(models.modelRoute, showModel), bind(models.createModelRoute, createModel), bind(models.changeModelRoute, changeModel), bind(models.removeModelRoute, removeModel), bind(models.runModelRoute, runModel), bind(models.modelFileRoute, downloadModel), bind(contract.sumsRoute, showSums), bind(contract.buildSumsRoute, buildSums)],
  implements: [implement(exportSources, () => [...dataExports(), ...modelExports()]), implement(indicatorPlaces, interfacePlaces), implement(bulletinFigures, figuresForPublic)],
  crons: [{ name: 'data.follow', everySeconds: 1, run: followChanges, once: true }, { name: 'data.keepBuilt', everySeconds: 60, run: keepBuilt }, { name: 'data.keepHistory', everySeconds: 60, run: keepHistory }, { name: 'data.verify', everySeconds: 86_400, run: verifyKept }],
  jobs: [asJob(buildKept), asJob(writeHistory)],
  settings: [keptFrom, lateAfter, historyFrom, historyAfter, queryRows, querySeconds, specialPeriods, indicatorReview],
  errors: dataFail,
})
