// Conditions under which a point is mandatory, edited with a trial on past orders (ORD-06); they are kept as the setting `pointRequired`.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { applySetting, setting } from '../../platform/index.ts'
import type * as contract from './place-contract.ts'
import { pointRequired } from './places.settings.ts'
import { needsPoint, type Appeal } from './point-required.ts'

const MANAGE = 'orders.manageRegistrationRules'
const TRIED = 5000

export async function pointRules(ctx: Ctx): Promise<Output<typeof contract.pointRulesRoute>> {
  authorize(ctx, MANAGE)
  return { rules: await setting(ctx, pointRequired) }
}

export async function setPointRules(ctx: Ctx, input: Input<typeof contract.setPointRulesRoute>): Promise<Output<typeof contract.pointRulesRoute>> {
  authorize(ctx, MANAGE)
  const empty = input.rules.findIndex((r) => [r.appealTypes, r.matterIds, r.categoryIds, r.areaCodes, r.urgencies].every((list) => list.length === 0))
  if (empty >= 0) throw kernelErrors('invalid', { fields: [{ path: `rules.${empty}`, message: `第 ${empty + 1} 组没有条件` }] })
  await applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, pointRequired.key, input.rules, input.reason)
  return pointRules(ctx)
}

type Past = Appeal & { id: string; number: string; title: string; located: boolean }

export async function tryPointRules(ctx: Ctx, input: Input<typeof contract.tryPointRulesRoute>): Promise<Output<typeof contract.tryPointRulesRoute>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<Past>`
    select id, number, title, appeal_type as "appealType", matter_id as "matterId", category_id as "categoryId", area_code as "areaCode", urgency, lon is not null as located from order_order
    where tenant_id = ${ctx.tenantId} and not confidential and registered_at >= ${ts(plus(ctx.clock.now(), -input.days * DAY))} order by registered_at desc limit ${TRIED}`.execute(ctx.db())
  const needed = rows.filter((o) => needsPoint(o, input.rules))
  const lacking = needed.filter((o) => !o.located)
  return { examined: rows.length, needed: needed.length, lacking: lacking.length, sample: lacking.slice(0, 10).map(({ id, number, title }) => ({ id, number, title })) }
}
