// Trunks: where calls come in and go out. Passwords are written, never read back.
import type { Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { exchange } from '../engine/exchange.ts'
import { policyChanged } from '../events.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import { trunkReason } from './alarm-texts.zh-CN.ts'
import type * as contract from './line-contract.ts'
import { lineReach, requireLine } from './line-scope.ts'

export const TRUNK_SECRET = 'telephony.trunk'
const stateNames = { unknown: '未知', up: '正常', down: '中断', disabled: '停用' } as const
type Row = Selectable<TelephonyTables['telephony_trunk']>

export async function listTrunks(ctx: Ctx) {
  const rows = await db(ctx).selectFrom('telephony_trunk').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('priority').orderBy('name').execute()
  return { items: await views(ctx, rows) }
}

async function views(ctx: Ctx, rows: Row[]) {
  const may = await lineReach(ctx, rows.map((r) => r.unit_id))
  const live = new Map((exchange.port?.live(ctx.tenantId)?.trunks ?? []).map((t) => [t.trunk, t]))
  return rows.map((r) => {
    const state = (r.enabled ? (live.get(r.id)?.state ?? r.state) : 'disabled') as keyof typeof stateNames
    return {
      id: r.id, name: r.name, unitId: r.unit_id, transport: r.transport as 'udp', host: r.host, port: r.port, codecs: r.codecs as ('PCMA' | 'PCMU')[], channels: r.channels, reserved: r.reserved, username: r.username, shownNumber: r.shown_number, inbound: r.inbound, outbound: r.outbound, srtp: r.srtp,
      priority: r.priority, enabled: r.enabled, hasPassword: r.secret_enc !== null, state, stateName: stateNames[state], stateAt: r.state_at, stateReason: trunkReason(live.get(r.id)?.reason ?? r.state_reason), inUse: live.get(r.id)?.channels ?? 0, mayChange: may(r.unit_id), version: r.version, updatedAt: r.updated_at, changedByName: r.changed_by_name,
    }
  })
}

export async function addTrunk(ctx: Ctx, input: Input<typeof contract.addTrunk>) {
  authorize(ctx, 'telephony.lines')
  await requireLine(ctx, input.unitId)
  requireTlsForKeys(input)
  await freeName(ctx, input.name, null)
  const id = newId()
  await db(ctx).insertInto('telephony_trunk').values({
    tenant_id: ctx.tenantId, id, unit_id: input.unitId, name: input.name, transport: input.transport, host: input.host, port: input.port, codecs: input.codecs, channels: input.channels, reserved: input.reserved, username: input.username, secret_enc: input.password ? encrypt(ctx.keys, input.password, TRUNK_SECRET) : null,
    shown_number: input.shownNumber, inbound: input.inbound, outbound: input.outbound, srtp: input.srtp, priority: input.priority, enabled: input.enabled, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }).execute()
  return told(ctx, id, 'addTrunk', {})
}

export async function changeTrunk(ctx: Ctx, input: Input<typeof contract.changeTrunk>) {
  authorize(ctx, 'telephony.lines')
  const row = await lock(ctx, input.id)
  await requireLine(ctx, row.unit_id)
  if (input.unitId !== undefined) await requireLine(ctx, input.unitId)
  requireVersion(row, input.version)
  requireTlsForKeys({ srtp: input.srtp ?? row.srtp, transport: input.transport ?? row.transport })
  if (input.name) await freeName(ctx, input.name, row.id)
  const { id: _id, version: _version, password, unitId, shownNumber, ...plain } = input
  const change = { ...plain, ...(unitId === undefined ? {} : { unit_id: unitId }), ...(shownNumber === undefined ? {} : { shown_number: shownNumber }), ...(password ? { secret_enc: encrypt(ctx.keys, password, TRUNK_SECRET) } : {}) }
  await db(ctx).updateTable('telephony_trunk').set((eb) => ({ ...change, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const before = row as Record<string, unknown>
  return told(ctx, row.id, 'changeTrunk', { ...Object.fromEntries(Object.entries(plain).filter(([k, v]) => JSON.stringify(before[k]) !== JSON.stringify(v)).map(([k, v]) => [k, { old: before[k] ?? null, new: v }])), ...(password ? { password: { old: '••••', new: '••••' } } : {}) })
}

export async function removeTrunk(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.lines')
  const row = await lock(ctx, input.id)
  await requireLine(ctx, row.unit_id)
  await db(ctx).deleteFrom('telephony_trunk').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removeTrunk', objectType: 'key:trunk', objectId: row.id, text: row.name })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lines' }))
  return {}
}

export async function listFaults(ctx: Ctx, input: Input<typeof contract.listFaults>) {
  const query = db(ctx).selectFrom('telephony_line_fault').where('tenant_id', '=', ctx.tenantId)
  const rows = await query.select(['id', 'at', 'kind', 'subject', 'text']).where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  return { ...nextPage(rows, input.limit, (r) => r.at), count: await boundCount(ctx, query) }
}

/** Keys of SRTP stand in the session description: whoever reads the signalling hears the call. */
function requireTlsForKeys(trunk: { srtp: boolean; transport: string }): void {
  if (trunk.srtp && trunk.transport !== 'tls') throw telephonyFail('srtpNeedsTls', { fields: [{ path: 'transport', message: '请选 TLS' }] })
}

async function lock(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('telephony_trunk').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

async function freeName(ctx: Ctx, name: string, own: string | null): Promise<void> {
  const row = await db(ctx).selectFrom('telephony_trunk').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', name).executeTakeFirst()
  if (row && row.id !== own) throw telephonyFail('codeTaken', { params: { code: name }, fields: [{ path: 'name', message: '名称已存在' }] })
}

async function told(ctx: Ctx, id: string, act: string, changes: Record<string, { old: unknown; new: unknown }>) {
  ctx.audit({ module: 'telephony', act, objectType: 'key:trunk', objectId: id, changes })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lines' }))
  const [view] = await views(ctx, [await lock(ctx, id)])
  if (!view) throw telephonyFail('notFound')
  return view
}
