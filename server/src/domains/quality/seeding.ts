// Inspection as a demonstration finds it: calls with text, three plans of different modes, some results by persons.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { HOUR, plus } from '../../kernel/time/index.ts'
import { actAs, usersOf } from '../platform/index.ts'
import { seedCall, type SeedSentence } from '../telephony/index.ts'
import { showTask, submitScore } from './desk.ts'
import { inspectBatch } from './inspect-batch.ts'
import { runPlan, savePlan } from './plans.ts'
import { shippedSheets } from './shipped.zh-CN.ts'
import { listTasks } from './tasks.ts'

const talk = (...lines: [speaker: 'a' | 'c', text: string, more?: Pick<SeedSentence, 'pauseMs' | 'perMinute'>][]): SeedSentence[] => lines.map(([who, text, more]) => ({ speaker: who === 'a' ? 'agent' : 'citizen', text, ...more }))
const talks: SeedSentence[][] = [
  talk(['a', '您好，一二三四五热线，很高兴为您服务。'], ['c', '你好，我们小区三号楼这两天暖气不热，家里有老人。'], ['a', '您别着急，请问是哪个小区，室内大概多少度？'], ['c', '云帆花园，量了只有十五度。'], ['a', '好的，云帆花园三号楼，室内十五度，家里有老人，我已经登记并标记加急。'], ['c', '大概多久有人来？'], ['a', '供热单位会在两小时内联系您，请保持电话畅通。请问还有其他需要吗？'], ['c', '没有了，谢谢。'], ['a', '感谢您的来电，祝您生活愉快，再见。']),
  talk(['a', '您好，一二三四五热线。'], ['c', '路口的井盖松了，车一压就响，晚上没法睡。'], ['a', '请说一下具体位置。'], ['c', '文汇路和学院路交叉口，西北角。'], ['a', '这个不归我们管，你找别人。', { pauseMs: 300 }], ['c', '那我该找谁？你们不是都能反映吗？'], ['a', '你急什么，我给你记一下。', { pauseMs: -900 }], ['c', '再这样我要投诉你。'], ['a', '记好了，会转给市政部门，再见。']),
  talk(['a', '您好，很高兴为您服务。'], ['c', '我想问一下退休年审现在怎么办。'], ['a', '请您稍等，我查一下。'], ['a', '查到了，现在不用到窗口，用手机就可以认证，打开政务服务应用选择养老待遇资格认证按提示刷脸就完成了非常方便的', { pauseMs: 27_000, perMinute: 420 }], ['c', '好的，我让孩子帮我弄。'], ['a', '每年办一次就行，请问还有其他问题吗？'], ['c', '没有了。'], ['a', '感谢来电，再见。']),
  talk(['a', '喂，什么事。'], ['c', '楼下烧烤店天天油烟，窗户都不敢开。'], ['a', '哪里的？'], ['c', '临澜路十二号。'], ['a', '知道了，登记了。']),
  talk(['a', '您好，一二三四五热线，请讲。'], ['c', '公交站牌倒了，在湖滨路中段，怕砸到人。'], ['a', '湖滨路中段站牌倾倒，有安全隐患，我马上派单，请您远离站牌。'], ['c', '好，你们快点。'], ['a', '已派交通部门现场处置，单号会短信发给您，谢谢您的提醒，再见。']),
  talk(['a', '您好，很高兴为您服务。'], ['c', '孩子转学要什么材料？'], ['a', '需要户口簿、学籍证明和居住证明，具体以接收学校通知为准，我把办事指南发到您手机上。'], ['c', '太好了，谢谢。'], ['a', '不客气，祝您生活愉快，再见。']),
]

/** In the tenant of the context, once. */
export async function seedQuality(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const agents = (await usersOf(ctx, { permission: 'telephony.desk' })).slice(0, 4)
  const leader = (await usersOf(ctx, { role: 'shiftLeader' }))[0]
  const inspector = (await usersOf(ctx, { permission: 'quality.inspect' }))[0]
  if (agents.length === 0 || !leader || !inspector) return
  for (let i = 0; i < 24; i++) {
    const agent = agents[i % agents.length]
    const sentences = talks[[0, 4, 5, 2, 0, 1, 5, 4, 0, 3, 5, 2][i % 12] ?? 0]
    if (agent && sentences) await seedCall(ctx, { agent, at: plus(now, -(i * 7 + 2) * HOUR), phone: `1380000${String(1001 + i)}`, queueName: i % 5 === 2 ? '企业服务' : '综合受理', orderId: null, rating: i % 4 === 3 ? null : i % 12 === 5 ? 3 : 1, sentences })
  }
  const manager = await actAs(ctx, leader.id, ctx.tenantId)
  const [call, , order] = shippedSheets
  if (!call || !order) return
  const made = [
    await savePlan(manager, { id: null, name: '日常通话质检', kind: 'call', mode: 'machineFirst', filter: { days: 30 }, draw: { by: 'ratio', value: 100, perAgent: false }, sheetId: call.id, ruleGroups: [], verifyRatio: 30, assign: 'dispatch', inspectorIds: [], dueDays: 3, cycle: 'once', state: 'active' }),
    await savePlan(manager, { id: null, name: '工单登记与办理质量', kind: 'order', mode: 'machineOnly', filter: { days: 30 }, draw: { by: 'number', value: 60, perAgent: false }, sheetId: order.id, ruleGroups: [], verifyRatio: 0, assign: 'dispatch', inspectorIds: [], dueDays: 3, cycle: 'week', state: 'active' }),
  ]
  for (const plan of made) {
    const hits = await sql<{ n: number }>`select count(*)::int as n from quality_order_view where tenant_id = ${ctx.tenantId}`.execute(ctx.db())
    if (plan.kind === 'order' && !hits.rows[0]?.n) continue
    const run = await runPlan(manager, { id: plan.id, seed: 'demo' }).catch(() => null)
    if (run?.batches[0]) await inspectBatch.run((fn) => fn(ctx), { tenantId: ctx.tenantId, batchId: run.batches[0].id }, { attempt: 1, maxAttempts: 1 })
  }
  // Half of what reached the inspectors is done, as they would do it: what the machine found is right.
  const open = await listTasks(manager, { box: 'open', state: ['first'], limit: 40 })
  for (const task of open.items.slice(0, Math.ceil(open.items.length / 2))) {
    if (!task.inspectorId) continue
    const person = await actAs(ctx, task.inspectorId, ctx.tenantId)
    const shown = await showTask(person, { id: task.id })
    await submitScore(person, { id: task.id, scored: shown.sheet.definition.groups.flatMap((group) => group.items.map((item) => item.code)), fatal: [], choices: Object.fromEntries((shown.machine?.deductions ?? []).map((one) => [one.id, { choice: 'accepted' as const, reason: '' }])), comment: null, deductions: [] })
  }
}
