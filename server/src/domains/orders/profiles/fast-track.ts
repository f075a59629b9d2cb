// Unstable and emergency orders: signed at once, with limits of their own, the unit told at the highest level (ORD-14).
import type { Ctx } from '../../../kernel/ctx.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { notify, setting } from '../../platform/index.ts'
import type { OrderRow } from '../orders.queries.ts'
import { fastTrackLimits, fastTrackUrgencies } from './profiles.settings.ts'

export type FastClass = 'unstable' | 'emergency'
const names: Record<FastClass, string> = { unstable: '不稳定因素', emergency: '突发事件' }

/** Class given by an upper platform, or by the urgency chosen here. */
export async function fastClassOf(ctx: Ctx, input: { fastTrack?: FastClass | undefined; urgency: string }): Promise<FastClass | null> {
  if (input.fastTrack) return input.fastTrack
  return (await setting(ctx, fastTrackUrgencies)).some((u) => u === input.urgency) ? 'emergency' : null
}

const minutesOf = (hours: number) => ({ amount: Math.max(1, Math.round((hours * 60 * MINUTE) / MINUTE)), unit: 'naturalMinutes' as const })

/** Limits that replace those of the rules, or null for an order that takes the normal way. */
export async function fastTrackOf(ctx: Ctx, order: Pick<OrderRow, 'flags'>) {
  const kind = order.flags.includes('emergency') ? 'emergency' : order.flags.includes('unstable') ? 'unstable' : null
  if (!kind) return null
  const limits = (await setting(ctx, fastTrackLimits))[kind]
  const ruleText = `快速通道：${names[kind]}`
  return { response: { duration: minutesOf(limits.responseHours), ruleText, yellowBefore: null, ruleId: '', receivers: {} }, handling: { duration: minutesOf(limits.finishHours), ruleText, yellowBefore: null, ruleId: '', receivers: {} }, firstContact: null }
}

export const tellFast = (ctx: Ctx, order: Pick<OrderRow, 'id' | 'number' | 'title'>, unitIds: string[]): Promise<void> =>
  notify(ctx, { type: 'order.fastTrack', to: { unitIds }, title: `请立即处置：${order.title}`, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id, level: 'P1' }).then(() => undefined)
