// Beside the dispatch form: who is recommended and why, who is barred, which limits will run.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input } from '../../kernel/http/route.ts'
import { addDuration } from '../../kernel/time/index.ts'
import { recommendUnits } from '../matters/index.ts'
import { calendarOf, setting, unitsByIds } from '../platform/index.ts'
import { limitOf } from './clocks.ts'
import type * as contract from './contract.ts'
import { profileRoute } from './case-profiles/index.ts'
import { barring, blockNames, blocksOf } from './dispatch-order.ts'
import { opinionsFor, proposeUnits } from './dispatching/index.ts'
import { readOrder } from './orders.policy.ts'
import { routeMode } from './settings.ts'
import { secondPath } from './returns/second-path.ts'
import { transferTargets } from './transfer/index.ts'
import { clockNames } from './texts.zh-CN.ts'
import { verticalBar } from './vertical.ts'

export async function dispatchOptions(ctx: Ctx, input: Input<typeof contract.dispatchOptionsRoute>) {
  const order = await readOrder(ctx, input.id)
  const bars = await barring(ctx)
  const blocks = new Map([...(await blocksOf(ctx, order))].filter(([, block]) => bars(block, 'lead')))
  const path = await secondPath(ctx, order)
  const proposals = await proposeUnits(ctx, order, order.matter_id && order.area_code ? await recommendUnits(ctx, { matterId: order.matter_id, areaCode: order.area_code }) : [], path.named)
  const units = await unitsByIds(ctx, [...proposals.map((p) => p.unitId), ...blocks.keys()])
  const vertical = await verticalBar(ctx)
  const cause = (unitId: string): string | null => {
    const block = blocks.get(unitId)
    if (vertical !== null && units.get(unitId)?.vertical) return vertical
    const name = blockNames[block?.cause ?? '']
    return name === undefined ? null : block?.reason ? `${name}：${block.reason}` : name
  }
  const calendar = await calendarOf(ctx)
  const now = ctx.clock.now()
  const limits = []
  for (const clock of ['response', 'handling', 'firstContact'] as const) {
    const limit = await limitOf(ctx, order, clock)
    if (limit) limits.push({ clock, name: clockNames[clock] ?? clock, text: limit.ruleText, dueAt: addDuration(calendar, now, limit.duration) })
  }
  const preset = await profileRoute(ctx, order)
  const presetUnits = await unitsByIds(ctx, preset?.route.units.map((u) => u.unitId) ?? [])
  return {
    preset: preset ? { name: `${preset.profile.name}·${preset.route.name}`, opinion: preset.route.opinion ?? null, units: preset.route.units.map((u) => ({ unitId: u.unitId, unitName: presetUnits.get(u.unitId)?.name ?? '', role: u.role })) } : null,
    recommended: proposals.filter((p) => units.has(p.unitId)).map((p) => ({ unitId: p.unitId, unitName: units.get(p.unitId)?.name ?? '', role: p.role, reason: p.reason, barred: cause(p.unitId) })),
    barred: [...blocks].map(([unitId, block]) => ({ unitId, unitName: units.get(unitId)?.name ?? '', cause: cause(unitId) ?? '', absolute: block.cause === 'firstDirect' })),
    route: await setting(ctx, routeMode),
    limits,
    tenants: await transferTargets(ctx),
    returned: path.returned,
    preferred: path.preferred,
    templates: await opinionsFor(ctx, order, proposals.map((p) => p.unitId), limits.find((l) => l.clock === 'handling')?.dueAt ?? null),
  }
}
