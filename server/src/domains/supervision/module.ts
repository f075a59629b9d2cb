// Supervision: clocks watched from outside, cards, reminders, urging, tasks, and the notices of every change.
import type { Ctx } from '../../kernel/ctx.ts'
import { on } from '../../kernel/events/event.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { asJob } from '../../kernel/jobs/job.ts'
import { flowDefinitions, flowFinished } from '../flow/index.ts'
import { urgeByRequester } from '../intake/index.ts'
import { lockOrder, orderEventTypes, readOrder } from '../orders/index.ts'
import { exportSources, fileAccess, messageTypes, smsTemplateSources, todoSources, unitsMerged, type FileObject } from '../platform/index.ts'
import { supervisionTodo } from './board.ts'
import { caseFinished, showCase } from './cases/cases.ts'
import { supervisionExports } from './export-lists.zh-CN.ts'
import { instructionFinished } from './instructions/give-instruction.ts'
import { instructionById } from './instructions/instructions.ts'
import { followerHandlers } from './instructions/follow-changes.ts'
import { staffSmsTemplates } from './notices/notice-rules.zh-CN.ts'
import { supervisionMessages } from './notices/message-types.zh-CN.ts'
import { noticeHandlers } from './notices/send-notices.ts'
import { sweepLeaderReports } from './leader-cases/leader-statistics.ts'
import { sweepOverviews } from './overview/send-overviews.ts'
import { routes } from './routes.ts'
import { sweepLists } from './rules/sweep-lists.ts'
import { sweepTaskRules, sweepWatchRules } from './rules/sweep-rules.ts'
import { tryRuleJob } from './rules/try-past.ts'
import { supervisionSettings } from './settings.ts'
import { supervisionFail } from './supervision.errors.ts'
import { db } from './supervision.queries.ts'
import { appealFlow, caseFlow, instructionFlow } from './supervision-flows.ts'
import { appealFinished } from './tasks/appeals.ts'
import { closeTasksOfOrder, sweepRaises } from './tasks/task-acts.ts'
import { sweepStages } from './tasks/sweep-stages.ts'
import { urgeOrder } from './urge-order.ts'
import { clearMovedCards, sweepCards } from './sweep-cards.ts'
import { mergeSupervisionOfUnit } from './units-merged.ts'
import { sweepReminders } from './sweep-reminders.ts'

const desk = { 'supervision.read': 'tenant', 'supervision.urge': 'tenant' } as const

/** Files of urges, notices and tasks open to whoever may read the order. */
async function mayOpenFile(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  const tenants = [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]
  const find = {
    urge: () => db(ctx).selectFrom('supervision_urge').select('order_id').where('tenant_id', 'in', tenants).where('id', '=', object.objectId),
    upperNotice: () => db(ctx).selectFrom('supervision_upper_notice').select('order_id').where('tenant_id', 'in', tenants).where('id', '=', object.objectId),
    supervisionStep: () => db(ctx).selectFrom('supervision_step as s').innerJoin('supervision_task as t', (join) => join.onRef('t.tenant_id', '=', 's.tenant_id').onRef('t.id', '=', 's.task_id')).select('t.order_id').where('s.tenant_id', 'in', tenants).where('s.id', '=', object.objectId),
    supervisionAppeal: () => db(ctx).selectFrom('supervision_appeal').select('order_id').where('tenant_id', 'in', tenants).where('id', '=', object.objectId),
  }[object.objectType]
  if (object.objectType === 'inspectionStep') {
    const step = await db(ctx).selectFrom('supervision_case_step').select('case_id').where('tenant_id', 'in', tenants).where('id', '=', object.objectId).executeTakeFirst()
    return step ? showCase(ctx, { id: step.case_id }).then((found) => found.steps.some((s) => s.id === object.objectId), () => false) : false
  }
  // Papers of an instruction follow its words.
  if (object.objectType === 'instruction') return instructionById(ctx, object.objectId).then((found) => found.request !== null || found.text !== null, () => false)
  if (!find) return null
  const row = await find().executeTakeFirst()
  return row ? readOrder(ctx, row.order_id).then(() => true, () => false) : false
}

/** The requester urges on the portal; intake has checked that the order is his. */
async function urgeOwn(ctx: Ctx, urge: { orderId: string; content: string }): Promise<void> {
  await urgeOrder(ctx, await lockOrder(ctx, urge.orderId), { content: urge.content, source: 'requester' })
}

export const supervision = defineModule({
  name: 'supervision',
  tables: 'supervision_',
  dependsOn: ['platform', 'flow', 'matters', 'orders', 'telephony', 'intake'],
  permissions: { 'supervision.read': '查看时钟、红黄牌与看板', 'supervision.urge': '催办', 'supervision.answer': '答复催办与督办', 'supervision.manage': '办理督办、登记告知单', 'supervision.superviseBelow': '督办下级单位', 'supervision.configure': '配置督办规则与模板', 'supervision.assign': '分配督办员', 'supervision.instruct': '批示工单', 'supervision.instructFirst': '值班领导批示', 'supervision.decideHead': '主要领导审批疑难', 'supervision.requestInstruction': '提请领导批示', 'supervision.readInstruction': '查看批示内容', 'supervision.inspect': '督查立项与办理', 'supervision.approveCase': '审批督查立项', 'supervision.approveCaseUpper': '审批上报的督查立项', 'supervision.keepOverview': '维护每日案件短信接收人', 'supervision.reportCases': '报送领导包案', 'supervision.reviewCases': '审核领导包案' },
  roles: {
    agent: { 'supervision.urge': 'tenant' },
    shiftLeader: { ...desk, 'supervision.readInstruction': 'tenant', 'supervision.instructFirst': 'tenant', 'supervision.requestInstruction': 'tenant' },
    reviewer: { ...desk, 'supervision.requestInstruction': 'tenant' },
    dispatcher: { ...desk, 'supervision.requestInstruction': 'tenant' },
    callbackAgent: { 'supervision.urge': 'tenant' },
    supervisor: { 'supervision.read': 'tenantsBelow', 'supervision.urge': 'tenant', 'supervision.manage': 'tenant', 'supervision.answer': 'tenant', 'supervision.configure': 'tenant', 'supervision.assign': 'tenant', 'supervision.requestInstruction': 'tenant', 'supervision.readInstruction': 'tenant', 'supervision.inspect': 'tenant', 'supervision.keepOverview': 'tenant', 'supervision.reviewCases': 'tenant' },
    leader: { 'supervision.read': 'tenantsBelow', 'supervision.urge': 'tenantsBelow', 'supervision.instruct': 'tenant', 'supervision.decideHead': 'tenant', 'supervision.readInstruction': 'tenant', 'supervision.approveCase': 'tenant' },
    handler: { 'supervision.read': 'unitTree', 'supervision.answer': 'unitTree' },
    // A unit's leader urges what the unit handed down.
    unitLeader: { 'supervision.read': 'unitTree', 'supervision.answer': 'unitTree', 'supervision.urge': 'unit', 'supervision.superviseBelow': 'unitTree', 'supervision.keepOverview': 'unitTree', 'supervision.reportCases': 'unit' },
    businessAdmin: { 'supervision.read': 'tenant', 'supervision.configure': 'tenant' },
    tenantAdmin: { 'supervision.read': 'tenantsBelow', 'supervision.configure': 'tenant', 'supervision.assign': 'tenant', 'supervision.approveCaseUpper': 'tenant' },
  },
  routes,
  events: {
    handles: [
      ...noticeHandlers,
      ...followerHandlers,
      on(orderEventTypes.extensionDecided, 'supervision.cards', clearMovedCards),
      on(orderEventTypes.orderResultAccepted, 'supervision.tasks', closeTasksOfOrder),
      on(orderEventTypes.orderClosed, 'supervision.tasks', closeTasksOfOrder),
      on(orderEventTypes.orderArchived, 'supervision.tasks', closeTasksOfOrder),
      on(orderEventTypes.orderWithdrawn, 'supervision.tasks', closeTasksOfOrder),
    ],
  },
  crons: [
    { name: 'supervision.cards', everySeconds: 5, run: sweepCards },
    { name: 'supervision.rules', everySeconds: 60, run: sweepTaskRules },
    { name: 'supervision.watch', everySeconds: 60, run: sweepWatchRules },
    { name: 'supervision.tasks', everySeconds: 30, run: sweepRaises },
    { name: 'supervision.stages', everySeconds: 60, run: sweepStages },
    { name: 'supervision.lists', everySeconds: 60, run: sweepLists },
    { name: 'supervision.overviews', everySeconds: 60, run: sweepOverviews },
    { name: 'supervision.leaderReports', everySeconds: 3600, run: sweepLeaderReports },
    { name: 'supervision.reminders', everySeconds: 60, run: sweepReminders },
  ],
  jobs: [asJob(tryRuleJob)],
  realtime: { 'supervision.board': { may: 'supervision.read' } },
  settings: supervisionSettings,
  errors: supervisionFail,
  implements: [implement(unitsMerged, mergeSupervisionOfUnit), implement(todoSources, supervisionTodo), implement(fileAccess, mayOpenFile), implement(smsTemplateSources, () => staffSmsTemplates), implement(messageTypes, () => supervisionMessages), implement(exportSources, supervisionExports), implement(urgeByRequester, urgeOwn), implement(flowDefinitions, () => [appealFlow, caseFlow, instructionFlow]), implement(flowFinished, appealFinished), implement(flowFinished, caseFinished), implement(flowFinished, instructionFinished)],
})
