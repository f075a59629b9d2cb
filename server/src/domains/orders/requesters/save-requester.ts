// One person, one record: found by number, filled in at each registration, every change of it kept.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { isMasked, isTelephone, maskAddress, maskName, normalisePhone } from '../../../kernel/crypto/index.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../orders.queries.ts'
import { contactFields, idFields, idNumberHash, phoneFields, phoneHash, plainPhone, type ContactFields } from './contact.ts'
import { phonesOf, requestersWith, type RequesterRow } from './requesters.queries.ts'

export type RequesterInput = {
  /** The record that the form was filled from; else it is found by identity number or telephone. */
  id?: string | undefined
  subjectKind?: 'person' | 'enterprise'
  name?: string | undefined
  anonymous?: boolean | undefined
  sex?: 'male' | 'female' | undefined
  ageRange?: string | undefined
  phone?: string | undefined
  otherPhones?: string[] | undefined
  idType?: string | undefined
  idNumber?: string | undefined
  areaCode?: string | undefined
  address?: string | undefined
  detailAddress?: string | undefined
}

/** `name` and `contact` are what the order stores: a masked value of the form is replaced by the record's own. */
export type SavedRequester = { id: string | null; name: string; contact: ContactFields }

/**
 * Finds the requester and fills in what was entered, or makes a record. Blank fields and masked values change nothing. Without any
 * name, number or address there is no record (`id` null).
 * @throws kernel.invalid naming `requester.phone` … for a number that is none
 */
export async function saveRequester(ctx: Ctx, input: RequesterInput): Promise<SavedRequester> {
  const typed = cleaned(input)
  await oneAtATime(ctx, typed)
  const row = await matching(ctx, typed)
  if (!row && !typed.name && typed.phones.length === 0 && !typed.idNumber && !typed.detailAddress) return { id: null, name: '', contact: contactFields(ctx, null) }
  const saved = row ? await fillIn(ctx, row, typed) : await create(ctx, typed)
  const contact = typed.phones[0] ? contactFields(ctx, typed.phones[0]) : input.phone ? await mainContact(ctx, saved.id) : contactFields(ctx, null)
  return { id: saved.id, name: input.anonymous ? '' : saved.name, contact }
}

type Typed = {
  id: string | undefined
  subjectKind: 'person' | 'enterprise'
  name: string
  sex: 'male' | 'female' | null
  ageRange: string | null
  /** In stored form, the main one first. */
  phones: string[]
  idType: string | null
  idNumber: string
  areaCode: string | null
  address: string | null
  detailAddress: string | null
}

const unmasked = (value: string | undefined | null): string => (value && !isMasked(value) ? value.trim() : '')

function cleaned(input: RequesterInput): Typed {
  const fields: FieldError[] = []
  const phones = [{ path: 'requester.phone', text: input.phone }, ...(input.otherPhones ?? []).map((text, i) => ({ path: `requester.otherPhones.${i}`, text }))].flatMap(({ path, text }) => {
    const number = normalisePhone(unmasked(text))
    if (number === '') return []
    if (!isTelephone(number)) fields.push({ path, message: '电话号码格式不正确' })
    return [number]
  })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  return {
    id: input.id, subjectKind: input.subjectKind ?? 'person',
    // Who wants to stay unnamed is recognised by number only.
    name: input.anonymous ? '' : unmasked(input.name),
    sex: input.sex ?? null, ageRange: input.ageRange || null, phones: [...new Set(phones)], idType: input.idType || null, idNumber: unmasked(input.idNumber), areaCode: input.areaCode || null,
    address: unmasked(input.address) || null, detailAddress: unmasked(input.detailAddress) || null,
  }
}

/** Two registrations of one new number at the same moment would make two records. */
async function oneAtATime(ctx: Ctx, typed: Typed): Promise<void> {
  const keys = [...(typed.idNumber ? [idNumberHash(ctx, typed.idNumber)] : []), ...(typed.phones[0] ? [phoneHash(ctx, typed.phones[0])] : [])].toSorted()
  for (const key of keys) await sql`select pg_advisory_xact_lock(hashtextextended(${ctx.tenantId + key}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
}

async function matching(ctx: Ctx, typed: Typed): Promise<RequesterRow | undefined> {
  if (typed.id) {
    const row = await db(ctx).selectFrom('order_requester').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', typed.id).forUpdate().executeTakeFirst()
    if (row) return row
  }
  const found = await requestersWith(ctx, { phone: typed.phones[0] ? phoneHash(ctx, typed.phones[0]) : undefined, idNumber: typed.idNumber ? idNumberHash(ctx, typed.idNumber) : undefined }, true)
  const hash = typed.idNumber ? idNumberHash(ctx, typed.idNumber) : null
  const byId = found.find((r) => hash !== null && r.id_number_hash === hash)
  if (byId) return byId
  // Several people share a number: only the same name, or a name still unknown on one of both sides, is the same person.
  const sameNumber = found.filter((r) => hash === null || r.id_number_hash === null)
  return sameNumber.find((r) => r.name === typed.name) ?? (typed.name === '' ? sameNumber[0] : sameNumber.find((r) => r.name === ''))
}

async function create(ctx: Ctx, typed: Typed): Promise<{ id: string; name: string }> {
  const id = newId()
  const now = ts(ctx.clock.now())
  await db(ctx)
    .insertInto('order_requester')
    .values({
      tenant_id: ctx.tenantId, id, subject_kind: typed.subjectKind, name: typed.name, sex: typed.sex, age_range: typed.ageRange, id_type: typed.idType, ...(typed.idNumber ? idFields(ctx, typed.idNumber) : {}),
      area_code: typed.areaCode, address: typed.address, detail_address: typed.detailAddress, order_count: 1, created_at: now, updated_at: now,
    })
    .execute()
  await addPhones(ctx, id, typed.phones, true)
  return { id, name: typed.name }
}

async function fillIn(ctx: Ctx, row: RequesterRow, typed: Typed): Promise<{ id: string; name: string }> {
  const known = (await phonesOf(ctx, [row.id])).get(row.id) ?? []
  const added = typed.phones.filter((number) => !known.some((p) => p.phone_hash === phoneHash(ctx, number)))
  const edit: RequesterEdit = {}
  if (typed.name) edit.name = typed.name
  for (const key of ['sex', 'ageRange', 'idType', 'areaCode', 'address', 'detailAddress'] as const) if (typed[key]) edit[key] = typed[key]
  if (typed.idNumber) edit.idNumber = typed.idNumber
  await applyEdit(ctx, row, edit, { added, removed: [], registration: true, known: known.map((p) => p.phone_mask) })
  return { id: row.id, name: edit.name ?? row.name }
}

export type RequesterEdit = { name?: string; sex?: string | null; ageRange?: string | null; idType?: string | null; idNumber?: string | null; areaCode?: string | null; address?: string | null; detailAddress?: string | null; labels?: string[] }

const columnOf = { name: 'name', sex: 'sex', ageRange: 'age_range', idType: 'id_type', areaCode: 'area_code', address: 'address', detailAddress: 'detail_address' } as const

/** Writes changed fields, adds and removes numbers, and keeps what changed, masked. Unchanged values leave no trace. */
export async function applyEdit(
  ctx: Ctx,
  row: RequesterRow,
  edit: RequesterEdit,
  more: { added: string[]; removed: { hash: string; mask: string }[]; registration: boolean; known: string[] },
): Promise<void> {
  const changes: Record<string, { old: string; new: string }> = {}
  const set: Record<string, unknown> = {}
  for (const [key, column] of Object.entries(columnOf) as [keyof typeof columnOf, (typeof columnOf)[keyof typeof columnOf]][]) {
    const value = edit[key]
    if (value === undefined || (value ?? '') === (row[column] ?? '')) continue
    set[column] = value ?? (column === 'name' ? '' : null)
    changes[key] = shown(key, row.subject_kind, row[column], value)
  }
  if (edit.idNumber !== undefined && (edit.idNumber ? idNumberHash(ctx, edit.idNumber) : null) !== row.id_number_hash) {
    const fields = edit.idNumber ? idFields(ctx, edit.idNumber) : { id_number_enc: null, id_number_hash: null, id_last4_hash: null, id_number_mask: null }
    Object.assign(set, fields)
    changes['idNumber'] = { old: row.id_number_mask ?? '', new: fields.id_number_mask ?? '' }
  }
  if (edit.labels && edit.labels.join() !== row.labels.join()) {
    set['labels'] = edit.labels
    changes['labels'] = { old: row.labels.join('、'), new: edit.labels.join('、') }
  }
  for (const { hash } of more.removed) await db(ctx).deleteFrom('order_requester_phone').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash).where('requester_id', '=', row.id).execute()
  const masks = await addPhones(ctx, row.id, more.added, more.known.length === more.removed.length)
  if (masks.length > 0 || more.removed.length > 0) {
    const gone = new Set(more.removed.map((p) => p.mask))
    changes['phones'] = { old: more.known.join('、'), new: [...more.known.filter((m) => !gone.has(m)), ...masks].join('、') }
  }
  const touched = Object.keys(changes).length > 0
  if (!touched && !more.registration) return
  await db(ctx)
    .updateTable('order_requester')
    .set((eb) => ({ ...set, ...(touched ? { version: eb('version', '+', 1) } : {}), ...(more.registration ? { order_count: eb('order_count', '+', 1) } : {}), updated_at: ts(ctx.clock.now()) }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', row.id)
    .execute()
  if (touched)
    await db(ctx)
      .insertInto('order_requester_change')
      .values({ tenant_id: ctx.tenantId, id: newId(), requester_id: row.id, at: ts(ctx.clock.now()), actor_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, actor_name: ctx.actor.name, changes: json(changes) })
      .execute()
}

/** Old and new as the history shows them. Where both masks are equal, the history says that the hidden part changed. */
function shown(key: string, subjectKind: string, old: string | null, value: string | null | undefined): { old: string; new: string } {
  const mask = (text: string | null | undefined): string => (!text ? '' : key === 'name' ? (subjectKind === 'enterprise' ? text : maskName(text)) : key === 'address' || key === 'detailAddress' ? maskAddress(text) : text)
  const [before, after] = [mask(old), mask(value)]
  return { old: before, new: before === after && old !== value ? `${after}（隐去部分有改动）` : after }
}

async function addPhones(ctx: Ctx, requesterId: string, numbers: readonly string[], withMain: boolean): Promise<string[]> {
  if (numbers.length === 0) return []
  const rows = numbers.map((number, i) => ({ tenant_id: ctx.tenantId, requester_id: requesterId, main: withMain && i === 0, ...phoneFields(ctx, number) }))
  await db(ctx).insertInto('order_requester_phone').values(rows).onConflict((c) => c.columns(['tenant_id', 'phone_hash', 'requester_id']).doNothing()).execute()
  return rows.map((r) => r.phone_mask)
}

async function mainContact(ctx: Ctx, requesterId: string): Promise<ContactFields> {
  const [phone] = (await phonesOf(ctx, [requesterId])).get(requesterId) ?? []
  return contactFields(ctx, phone ? plainPhone(ctx, { contact_phone_enc: phone.phone_enc }) : null)
}
