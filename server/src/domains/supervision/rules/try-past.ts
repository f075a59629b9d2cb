// A rule tried on past orders before it takes effect: bounded, as a job with progress, and nobody is told of anything (SUP-15).
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { createTask, finishTask, notify, openTask, setting, updateTask } from '../../platform/index.ts'
import { ruleMaxShare } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db } from '../supervision.queries.ts'
import { ruleCondition } from './matching.ts'
import { judgeVersion, latestVersion } from './rule-store.ts'
import type * as contract from './rule-contract.ts'

const MOST_ORDERS = 20_000
const PAGE = 1000
const SHOWN = 200
/** Below this a share says nothing. */
const FEWEST = 10

const input = z.object({ ruleId: z.uuid(), number: z.number().int(), days: z.number().int() })

export async function tryPast(ctx: Ctx, wanted: Input<typeof contract.tryPastRoute>): Promise<{ taskId: string }> {
  authorize(ctx, 'supervision.configure')
  const rule = await db(ctx).selectFrom('supervision_rule').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', wanted.id).executeTakeFirst()
  if (!rule) throw supervisionFail('ruleNotFound')
  const version = await latestVersion(ctx, rule.id)
  if (version.state === 'effective' || version.state === 'retired') throw supervisionFail('nothingToTest', { rule: 'supervision.rule.test' })
  const from = ts(plus(ctx.clock.now(), -wanted.days * DAY))
  const { n } = await db(ctx).selectFrom(db(ctx).selectFrom('orders_pub_order_view').select('id').where('tenant_id', '=', ctx.tenantId).where('registered_at', '>=', from).limit(MOST_ORDERS).as('w')).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  const taskId = await createTask(ctx, { kind: 'supervision.tryRule', title: `试运行规则：${rule.name}`, total: n, input: { ruleId: rule.id, number: version.number, days: wanted.days } })
  ctx.enqueue(tryRuleJob, { tenantId: ctx.tenantId, taskId })
  return { taskId }
}

type Fired = { id: string; number: string; title: string; unitName: string | null }

export const tryRuleJob = defineJob<{ tenantId: string; taskId: string }>({
  name: 'supervision.tryRule',
  schema: z.object({ tenantId: z.uuid(), taskId: z.uuid() }),
  maxAttempts: 2,
  async run(begin, { tenantId, taskId }, info) {
    const within = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => begin((ctx) => fn(inTenant(ctx, tenantId)))
    const task = await within((ctx) => openTask(ctx, taskId))
    if (!task) return
    try {
      const { ruleId, number, days } = input.parse(task.input)
      const version = await within((ctx) => latestVersion(ctx, ruleId))
      if (version.number !== number) return void (await within((ctx) => finishTask(ctx, taskId, { state: 'failed', error: '规则已被修改，请重新试运行' })))
      let examined = 0
      let count = 0
      const shown: Fired[] = []
      let before = await within(async (ctx) => ctx.clock.now())
      const from = plus(before, -days * DAY)
      let lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
      while (examined < MOST_ORDERS) {
        // One page an own transaction: the job holds nothing while others work.
        const page = await within(async (ctx) => {
          const rows = await db(ctx).selectFrom('orders_pub_order_view as o').select(['o.id', 'o.number', 'o.title', 'o.lead_unit_name as unitName', 'o.registered_at as at', sql<boolean>`coalesce(${await ruleCondition(ctx, version.definition, 'past')}, false)`.as('fired')])
            .where('o.tenant_id', '=', tenantId).where('o.registered_at', '>=', ts(from)).where(sql<boolean>`(o.registered_at, o.id) < (${ts(before)}::timestamptz, ${lastId}::uuid)`)
            .orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(PAGE).execute()
          return rows
        })
        const last = page.at(-1)
        if (!last) break
        examined += page.length
        before = last.at ?? before
        lastId = last.id
        for (const row of page) {
          if (!row.fired) continue
          count += 1
          if (shown.length < SHOWN) shown.push({ id: row.id, number: row.number ?? '', title: row.title ?? '', unitName: row.unitName })
        }
        if ((await within((ctx) => updateTask(ctx, taskId, { done: examined }))).cancelled) return void (await within((ctx) => finishTask(ctx, taskId, { state: 'cancelled' })))
      }
      await within((ctx) => complete(ctx, { taskId, userId: task.createdBy, userName: task.createdByName ?? '系统', ruleId, number, days, examined, count, shown, from: toIso(from) }))
    } catch (error) {
      if (!(error instanceof AppError) && info.attempt < info.maxAttempts) throw error
      await within((ctx) => finishTask(ctx, taskId, { state: 'failed', error: error instanceof AppError ? error.title : '试运行出错，请重试' }))
    }
  },
})

type Ran = { taskId: string; userId: string | null; userName: string; ruleId: string; number: number; days: number; examined: number; count: number; shown: Fired[]; from: string }

async function complete(ctx: Ctx, ran: Ran): Promise<void> {
  const limit = await setting(ctx, ruleMaxShare)
  const share = ran.examined === 0 ? 0 : (ran.count / ran.examined) * 100
  // A rule that would fire on nearly everything says nothing about the order it fires on.
  const passed = ran.examined < FEWEST || share <= limit
  const ended = await finishTask(ctx, ran.taskId, { state: 'done', done: ran.examined, result: { examined: ran.examined, fired: ran.count, passed } })
  if (!ended) return
  await db(ctx).insertInto('supervision_rule_test').values({
    tenant_id: ctx.tenantId, id: newId(), rule_id: ran.ruleId, number: ran.number, kind: 'past', inputs: json({ days: ran.days, from: ran.from, most: MOST_ORDERS }),
    outcome: json({ examined: ran.examined, fired: ran.count, share: Math.round(share * 10) / 10, limit, orders: ran.shown, ...(passed ? {} : { refused: `会触发 ${Math.round(share)}% 的工单，超过 ${limit}%` }) }), passed, by_name: ran.userName, at: ts(ctx.clock.now()),
  }).execute()
  await judgeVersion(ctx, ran.ruleId, ran.number)
  if (ran.userId) await notify(ctx, { type: 'task', to: { userIds: [ran.userId] }, level: 'P3', title: passed ? `规则试运行完成：${ran.examined} 件中会触发 ${ran.count} 件` : `规则试运行未通过：会触发 ${Math.round(share)}% 的工单`, link: `/supervision/rules/${ran.ruleId}`, objectType: 'task', objectId: ran.taskId })
}
