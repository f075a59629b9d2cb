// Adding, changing, removing entries of the number lists; what changes reaches the exchange with the next policy.
import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, maskPhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { policyChanged } from '../events.ts'
import { blacklistCalls } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, lastFourHash, phoneColumns, phoneHash, requireVersion } from '../telephony.queries.ts'
import type * as contract from './list-contract.ts'
import { approvalsFor, askApproval, cancelApproval } from './approve-entries.ts'
import { coveredBy, holdsAt, listKindNames, listSourceNames, listStateNames, type Covered, type ListKind, type ListState, type Weekly } from './list-entry.ts'

export type EntryRow = Omit<Selectable<TelephonyTables['telephony_list_entry']>, 'kind' | 'state' | 'weekly'> & { kind: ListKind; state: ListState; weekly: Weekly | null }
export type What = { reason: string; validFrom: Instant | null; validTo: Instant | null; weekly: Weekly | null }

export async function addEntry(ctx: Ctx, input: Input<typeof contract.addEntry>) {
  authorize(ctx, 'telephony.lists')
  const row = await insertEntry(ctx, input, 'manual', await stateFor(ctx, input.kind))
  if (row.state === 'pending') await askApproval(ctx, [row])
  return viewOf(ctx, row)
}

/** What an entry begins as: it holds at once only where its list needs no approval. */
export const stateFor = async (ctx: Ctx, kind: ListKind): Promise<'pending' | 'active'> => ((await approvalsFor(ctx, kind)) > 0 ? 'pending' : 'active')

export async function insertEntry(ctx: Ctx, input: What & { kind: ListKind; number: string }, source: 'manual' | 'rule' | 'batch', state: ListState): Promise<EntryRow> {
  const covered = coveredBy(input.number)
  if (!covered) throw kernelErrors('invalid', { fields: [{ path: 'number', message: '请填写完整号码，或如 13800* 的号段' }] })
  checkPeriod(input)
  if (state !== 'draft') await refuseDouble(ctx, covered, input.kind, null)
  const id = newId()
  const now = ts(ctx.clock.now())
  const row = await db(ctx).insertInto('telephony_list_entry').values({
    tenant_id: ctx.tenantId, id, kind: input.kind, ...columnsOf(ctx, covered), ...periodColumns(input), source, state, created_at: now, created_by_name: ctx.actor.name, updated_at: now, changed_by_name: ctx.actor.name,
  }).returningAll().executeTakeFirstOrThrow()
  tell(ctx, id)
  ctx.audit({ module: 'telephony', act: 'addNumberEntry', objectType: 'key:numberList', objectId: id, text: `${listKindNames[input.kind]} ${row.shown}：${input.reason}` })
  return row as EntryRow
}

export async function changeEntry(ctx: Ctx, input: Input<typeof contract.changeEntry>) {
  authorize(ctx, 'telephony.lists')
  const row = await lockEntry(ctx, input.id)
  requireVersion(row, input.version)
  const saved = await updateEntry(ctx, row, input)
  if (awaits(saved)) await askApproval(ctx, [saved])
  return viewOf(ctx, saved)
}

/** Whether something of the entry was changed that has no approval yet. */
export const awaits = (row: EntryRow): boolean => row.approval_id === null && (row.state === 'pending' || row.proposed !== null)

/** A change is approved like a new entry: until then what stands goes on. */
export async function updateEntry(ctx: Ctx, row: EntryRow, what: What): Promise<EntryRow> {
  if ((row.state !== 'active' && row.state !== 'expired') || row.proposed !== null) throw telephonyFail('entryEnded', { params: { state: row.proposed === null ? listStateNames[row.state] : '的修改待审核' } })
  checkPeriod(what)
  const changes = { reason: { old: row.reason, new: what.reason }, validTo: { old: row.valid_to, new: what.validTo }, weekly: { old: row.weekly, new: what.weekly } }
  const pending = (await stateFor(ctx, row.kind)) === 'pending'
  if (row.state === 'expired') await refuseDouble(ctx, coveredOf(ctx, row), row.kind, row.id)
  const { reason, validFrom, validTo, weekly } = what
  const saved = await save(ctx, row, !pending ? { ...periodColumns(what), state: 'active' } : row.state === 'expired' ? { ...periodColumns(what), state: 'pending' } : { proposed: json({ reason, validFrom, validTo, weekly }) })
  ctx.audit({ module: 'telephony', act: 'changeNumberEntry', objectType: 'key:numberList', objectId: row.id, changes })
  return saved
}

export async function removeEntry(ctx: Ctx, input: Input<typeof contract.removeEntry>) {
  authorize(ctx, 'telephony.lists')
  return viewOf(ctx, await dropEntry(ctx, await lockEntry(ctx, input.id), input.reason))
}

export async function dropEntry(ctx: Ctx, row: EntryRow, reason: string): Promise<EntryRow> {
  if (row.state === 'removed' || row.state === 'refused') throw telephonyFail('entryEnded', { params: { state: listStateNames[row.state] } })
  if (row.approval_id !== null) await cancelApproval(ctx, row, reason)
  const saved = await save(ctx, row, { state: 'removed', proposed: null })
  ctx.audit({ module: 'telephony', act: 'removeNumberEntry', objectType: 'key:numberList', objectId: row.id, text: reason })
  return saved
}

/** By a periodic audit; what it takes off remembers that, so that it can be put back. */
export async function takeOff(ctx: Ctx, row: EntryRow, reason: string): Promise<void> {
  await save(ctx, row, { state: 'removed', audited_at: ts(ctx.clock.now()) })
  ctx.audit({ module: 'telephony', act: 'auditNumberEntry', objectType: 'key:numberList', objectId: row.id, text: reason })
}

export async function putBack(ctx: Ctx, row: EntryRow): Promise<EntryRow> {
  await refuseDouble(ctx, coveredOf(ctx, row), row.kind, row.id)
  const saved = await save(ctx, row, { state: 'active', audited_at: null })
  ctx.audit({ module: 'telephony', act: 'restoreNumberEntry', objectType: 'key:numberList', objectId: row.id, text: '恢复复查移除的号码' })
  return saved
}

export async function decideEntry(ctx: Ctx, input: Input<typeof contract.decideEntry>) {
  authorize(ctx, 'telephony.lists')
  const row = await lockEntry(ctx, input.id)
  if (row.state !== 'draft') throw telephonyFail('entryEnded', { params: { state: listStateNames[row.state] } })
  if (input.accept) await refuseDouble(ctx, coveredOf(ctx, row), row.kind, row.id)
  const accepted = await stateFor(ctx, row.kind)
  const saved = await save(ctx, row, { state: input.accept ? accepted : 'refused', ...(input.reason ? { reason: input.reason } : {}) })
  ctx.audit({ module: 'telephony', act: 'decideNumberEntry', objectType: 'key:numberList', objectId: row.id, text: input.accept ? '加入名单' : '不加入', ...(input.reason ? { changes: { reason: { old: row.reason, new: input.reason } } } : {}) })
  if (awaits(saved)) await askApproval(ctx, [saved])
  return viewOf(ctx, saved)
}

/** A number that calls more often than the limit within an hour is proposed for the black list, once; whom a person refused is not proposed again. */
export async function proposeFrequent(ctx: Ctx, phone: { hash: string; number: string }): Promise<void> {
  const limit = await setting(ctx, blacklistCalls)
  const { n } = await db(ctx).selectFrom('telephony_call').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', phone.hash).where('direction', '=', 'inbound').where('started_at', '>', ts(plus(ctx.clock.now(), -HOUR))).executeTakeFirstOrThrow()
  if (Number(n) <= limit) return
  const known = await db(ctx).selectFrom('telephony_list_entry').select('id').where('tenant_id', '=', ctx.tenantId).where('number_hash', '=', phone.hash).where('state', 'in', ['draft', 'pending', 'active', 'refused']).executeTakeFirst()
  if (known) return
  await insertEntry(ctx, { kind: 'black', number: phone.number, reason: `一小时内来电 ${n} 次`, validFrom: null, validTo: null, weekly: null }, 'rule', 'draft')
}

/** Every hour: what ran out says so. */
export async function expireEntries(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  const rows = await db(ctx).updateTable('telephony_list_entry').set((eb) => ({ state: 'expired', updated_at: now, changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where('valid_to', '<=', now).returning('id').execute()
  if (rows.length > 0) tell(ctx, rows[0]?.id ?? '')
}

export async function lockEntry(ctx: Ctx, id: string): Promise<EntryRow> {
  const row = await db(ctx).selectFrom('telephony_list_entry').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row as EntryRow
}

/** The entry of a list that covers exactly what was typed, for batches. */
export async function entryOf(ctx: Ctx, kind: ListKind, covered: Covered): Promise<EntryRow | undefined> {
  const row = await db(ctx).selectFrom('telephony_list_entry').selectAll().where('tenant_id', '=', ctx.tenantId).where('kind', '=', kind).where('state', 'in', ['active', 'expired', 'draft', 'pending'])
    .where((eb) => ('number' in covered ? eb('number_hash', '=', phoneHash(ctx, covered.number)) : eb('prefix', '=', covered.prefix))).forUpdate().executeTakeFirst()
  return row as EntryRow | undefined
}

async function save(ctx: Ctx, row: EntryRow, change: object): Promise<EntryRow> {
  const saved = await db(ctx).updateTable('telephony_list_entry').set((eb) => ({ ...change, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  tell(ctx, row.id)
  return saved as EntryRow
}

function tell(ctx: Ctx, id: string): void {
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lists' }))
  ctx.signal('telephony.lists', id)
}

/** One number is not on black and white at once; the same list names it once. */
async function refuseDouble(ctx: Ctx, covered: Covered, kind: ListKind, own: string | null): Promise<void> {
  const key = 'number' in covered ? phoneHash(ctx, covered.number) : covered.prefix
  await sql`select pg_advisory_xact_lock(hashtextextended(${ctx.tenantId + key}, 1))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const against = kind === 'red' ? (['red'] as const) : (['black', 'white'] as const)
  const found = await db(ctx).selectFrom('telephony_list_entry').select(['id', 'kind']).where('tenant_id', '=', ctx.tenantId).where('state', 'in', ['pending', 'active']).where('kind', 'in', [...against])
    .where((eb) => ('number' in covered ? eb('number_hash', '=', key) : eb('prefix', '=', key))).executeTakeFirst()
  if (found && found.id !== own) throw telephonyFail('listed', { rule: 'telephony.oneList', params: { kind: listKindNames[found.kind as ListKind] }, fields: [{ path: 'number', message: `已在${listKindNames[found.kind as ListKind]}` }] })
}

function checkPeriod(what: What): void {
  if (what.validFrom !== null && what.validTo !== null && what.validTo <= what.validFrom) throw kernelErrors('invalid', { fields: [{ path: 'validTo', message: '结束时间须晚于开始时间' }] })
}

function columnsOf(ctx: Ctx, covered: Covered) {
  if ('prefix' in covered) return { prefix: covered.prefix, shown: `${covered.prefix}*` }
  const columns = phoneColumns(ctx, covered.number)
  return { number_enc: columns.phone_enc, number_hash: columns.phone_hash, last4_hash: columns.last4_hash, shown: columns.phone_mask }
}

const coveredOf = (ctx: Ctx, row: EntryRow): Covered => (row.prefix === null ? { number: numberOf(ctx, row) ?? '' } : { prefix: row.prefix })
/** The number of an entry in clear, for the policy alone. */
export const numberOf = (ctx: Pick<Ctx, 'keys'>, row: { number_enc: string | null }): string | null => (row.number_enc === null ? null : decrypt(ctx.keys, row.number_enc, 'telephony.phone'))

const periodColumns = (what: What) => ({ reason: what.reason, valid_from: what.validFrom === null ? null : ts(what.validFrom), valid_to: what.validTo === null ? null : ts(what.validTo), weekly: what.weekly === null ? null : json(what.weekly) })

export const searchHashes = (ctx: Ctx, q: string) => ({ whole: phoneHash(ctx, q), last4: /^\d{4}$/.test(q) ? lastFourHash(ctx, q) : null, masked: maskPhone(q) })

export async function viewOf(ctx: Ctx, row: EntryRow) {
  return viewIn((await tenantById(ctx, ctx.tenantId)).timeZone, ctx.clock.now())(row)
}

export const viewIn = (timeZone: string, now: Instant) => (row: EntryRow) => ({
  id: row.id, kind: row.kind, kindName: listKindNames[row.kind], shown: row.shown, segment: row.prefix !== null, reason: row.reason, validFrom: row.valid_from, validTo: row.valid_to, weekly: row.weekly, source: row.source, sourceName: listSourceNames[row.source] ?? row.source,
  state: row.state, stateName: listStateNames[row.state], holdsNow: row.state === 'active' && holdsAt({ validFrom: row.valid_from, validTo: row.valid_to, weekly: row.weekly }, now, timeZone),
  changePending: row.proposed !== null, audited: row.state === 'removed' && row.audited_at !== null, hits: row.hits, lastHitAt: row.last_hit_at, createdAt: row.created_at, createdByName: row.created_by_name, updatedAt: row.updated_at, changedByName: row.changed_by_name, version: row.version,
})
