// Whether callers are asked for a rating after an agent: off means not offered, so it counts nowhere.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { usersOf } from '../../platform/index.ts'
import { callbackFail } from '../callback.errors.ts'
import { db } from '../callback.queries.ts'
import type * as contract from './rating-contract.ts'

const off = (ctx: Ctx) => db(ctx).selectFrom('callback_survey_off').selectAll().where('tenant_id', '=', ctx.tenantId)

/** For the policy of the exchange. */
export const agentsWithoutSurvey = async (ctx: Ctx): Promise<string[]> => (await off(ctx).execute()).map((one) => one.agent_id)

export async function listSurveySwitches(ctx: Ctx): Promise<Output<typeof contract.listSurveySwitches>> {
  authorize(ctx, 'callback.read')
  const [agents, rows] = [await usersOf(ctx, { permission: 'telephony.desk' }), new Map((await off(ctx).execute()).map((one) => [one.agent_id, one]))]
  return { items: agents.map(({ id, name }) => { const row = rows.get(id); return { agentId: id, agentName: name, on: row === undefined, reason: row?.reason ?? '', byName: row?.by_name ?? null, at: row?.at ?? null } }) }
}

export async function setSurveySwitch(ctx: Ctx, input: Input<typeof contract.setSurveySwitch>): Promise<Output<typeof contract.listSurveySwitches>> {
  authorize(ctx, 'callback.assign')
  if (!(await usersOf(ctx, { permission: 'telephony.desk' })).some((one) => one.id === input.id)) throw callbackFail('agentNotFound')
  if (input.on) await db(ctx).deleteFrom('callback_survey_off').where('tenant_id', '=', ctx.tenantId).where('agent_id', '=', input.id).execute()
  else {
    const row = { at: ts(ctx.clock.now()), by_name: ctx.actor.name, reason: input.reason }
    await db(ctx).insertInto('callback_survey_off').values({ tenant_id: ctx.tenantId, agent_id: input.id, ...row }).onConflict((c) => c.columns(['tenant_id', 'agent_id']).doUpdateSet(row)).execute()
  }
  return listSurveySwitches(ctx)
}
