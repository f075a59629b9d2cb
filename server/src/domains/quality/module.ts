// Inspection: sheets and rules, plans, machine and persons on the same tasks, results with their trace, appeals, cases, alerts.
import { asJob } from '../../kernel/jobs/job.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../flow/index.ts'
import { exportSources, messageTypes, todoSources } from '../platform/index.ts'
import { sentenceHeard } from '../telephony/index.ts'
import { alertOn } from './alerts.ts'
import { appealFlowA, appealFlowB } from './appeal-flows.zh-CN.ts'
import { appealFinished } from './appeals.ts'
import { proposeCases } from './cases.ts'
import { qualityExport } from './export-results.zh-CN.ts'
import { inspectBatch } from './inspect-batch.ts'
import { runDuePlans } from './plans.ts'
import { qualityFail } from './quality.errors.ts'
import { routes } from './routes.ts'
import { part as joint } from './joint/index.ts'
import { part as screening } from './screening/index.ts'
import { qualitySettings } from './settings.ts'
import { qualityTodo } from './tasks.ts'
import { part as warnings } from './warnings/index.ts'

const look = { 'quality.read': 'tenant' } as const
const lead = { ...look, 'quality.manage': 'tenant', 'quality.decideAppeal': 'tenant', 'quality.alerts': 'tenant' } as const

export const quality = defineModule({
  name: 'quality',
  tables: 'quality_',
  dependsOn: ['platform', 'flow', 'knowledge', 'orders', 'telephony', 'intake', 'supervision', 'callback'],
  permissions: { 'quality.read': '查看质检任务与结果', 'quality.inspect': '质检评分', 'quality.review': '质检复检与终审', 'quality.manage': '维护质检计划、规则与评分表', 'quality.decideAppeal': '审核质检申诉', 'quality.alerts': '接收与处置通话预警', 'quality.own': '查看本人（本单位）质检结果与申诉' },
  roles: {
    inspector: { ...look, 'quality.inspect': 'tenant' },
    shiftLeader: { ...lead, 'quality.review': 'tenant', 'quality.own': 'own' },
    businessAdmin: { ...lead, 'quality.review': 'tenant' },
    tenantAdmin: { ...look, 'quality.manage': 'tenant' },
    agent: { 'quality.own': 'own' }, callbackAgent: { 'quality.own': 'own' }, reviewer: { 'quality.own': 'own' }, dispatcher: { 'quality.own': 'own' },
    unitLeader: { 'quality.own': 'unit' }, leader: look, supervisor: look,
  },
  routes: [...routes, ...(screening.routes ?? []), ...(warnings.routes ?? []), ...(joint.routes ?? [])],
  jobs: [asJob(inspectBatch), ...(screening.jobs ?? [])],
  crons: [{ name: 'quality.runDuePlans', everySeconds: 300, run: runDuePlans }, { name: 'quality.proposeCases', everySeconds: 3600, run: proposeCases }, ...(screening.crons ?? []), ...(warnings.crons ?? [])],
  realtime: { 'quality.tasks': { may: 'quality.read' }, 'quality.alerts': { may: 'quality.alerts' }, ...screening.realtime, ...warnings.realtime },
  settings: qualitySettings,
  errors: qualityFail,
  implements: [
    implement(todoSources, qualityTodo), implement(exportSources, () => [qualityExport]), implement(flowDefinitions, () => [appealFlowA, appealFlowB]), implement(flowFinished, appealFinished), implement(sentenceHeard, alertOn),
    implement(messageTypes, () => [{ code: 'quality.assigned', name: '质检任务', module: 'quality', duty: true }, { code: 'quality.review', name: '质检复检', module: 'quality', duty: true }, { code: 'quality.result', name: '质检结果', module: 'quality' }, { code: 'quality.abnormal', name: '质检得分异常', module: 'quality' }, { code: 'quality.appeal', name: '质检申诉结果', module: 'quality' }, { code: 'quality.cases', name: '案例推荐', module: 'quality' }, { code: 'quality.alert', name: '通话预警', module: 'quality', duty: true }, { code: 'quality.warning', name: '办理质量预警', module: 'quality' }]),
    ...(warnings.implements ?? []), ...(joint.implements ?? []),
  ],
})
