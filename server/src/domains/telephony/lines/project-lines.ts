// Faults of trunks and alarms of the exchange.
import type { Ctx } from '../../../kernel/ctx.ts'
import { newId } from '../../../kernel/runtime.ts'
import { notify } from '../../platform/index.ts'
import { at } from '../calls/call-rows.ts'
import type { Projections } from '../engine/project.ts'
import { uuidOrNull } from '../engine/store-events.ts'
import { alarmText, trunkReason } from './alarm-texts.zh-CN.ts'
import { db } from '../telephony.queries.ts'

/** An entry of the list of faults, for those who keep the lines. */
export async function lineFault(ctx: Ctx, when: number, row: { kind: string; trunkId: string | null; subject: string; text: string }): Promise<void> {
  await db(ctx).insertInto('telephony_line_fault').values({ tenant_id: ctx.tenantId, id: newId(), at: at(when), kind: row.kind, trunk_id: row.trunkId, subject: row.subject, text: row.text }).execute()
  ctx.signal('telephony.lines')
}

export const lineProjections: Projections = {
  async trunkState(ctx, event) {
    const id = uuidOrNull(event.data.trunk)
    const { state } = event.data
    const why = trunkReason(event.data.reason)
    const row = id === null ? undefined : await db(ctx).updateTable('telephony_trunk').set({ state, state_reason: event.data.reason, state_at: at(event.at) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).returning(['id', 'name']).executeTakeFirst()
    if (!row) return
    await lineFault(ctx, event.at, { kind: state === 'up' ? 'trunkUp' : 'trunkDown', trunkId: row.id, subject: row.name, text: state === 'up' ? '中继恢复' : `中继中断${why ? `：${why}` : ''}` })
    if (state === 'down') await notify(ctx, { type: 'telephony.fault', to: { permission: 'telephony.lines' }, title: `中继“${row.name}”中断`, ...(why ? { text: why } : {}), link: '/telephony/lines?tab=trunks', objectType: 'trunk', objectId: row.id, level: 'P2' })
  },
  async alarm(ctx, event) {
    const { alarm, detail, over } = event.data
    const says = await alarmText(ctx, alarm, detail)
    await lineFault(ctx, event.at, { kind: alarm, trunkId: null, subject: says.subject, text: over ? says.over : says.text })
    if (!over) await notify(ctx, { type: 'telephony.fault', to: { permission: 'telephony.lines' }, title: `话务告警：${says.subject}`, text: says.text, link: '/telephony/lines?tab=faults', objectType: 'alarm', ...(event.callId ? { objectId: event.callId } : {}), level: says.level })
  },
  async engineStarted(ctx, event) {
    const { restored, ended, downMs } = event.data
    await lineFault(ctx, event.at, { kind: 'engineStarted', trunkId: null, subject: '话务引擎', text: `话务引擎重新启动，中断 ${Math.round(downMs / 100) / 10} 秒，恢复通话 ${restored} 通，结束 ${ended} 通` })
  },
}
