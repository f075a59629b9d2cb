// The store: kept on one page, read by every module through `wordsIn`; a change has effect with the next text.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage } from '../lists/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { touchStamp, underStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { tenantsAbove } from '../tenants/tenant-tree.ts'
import { findWords, matcherOf, plainWord, type Matcher } from './find-words.ts'
import type * as contract from './word-contract.ts'
import { wordKindCodes, wordKinds, type WordKind } from './word-kinds.zh-CN.ts'

export const inheritWords = defineSetting({ key: 'words.inherit', label: '同时使用上级的词库', schema: z.boolean(), fallback: true, scope: 'tenant' })

const db = (ctx: Ctx) => ctx.db<PlatformTables>()
type Held = { word: string; kind: WordKind; category: string; grade: 'high' | 'medium' | 'low' | null; excepts: string[]; weight: number; from: string | null; to: string | null; own: boolean }
const isKind = (kind: string): kind is WordKind => kind in wordKinds
const isGrade = (grade: string | null): grade is Held['grade'] => grade === null || grade === 'high' || grade === 'medium' || grade === 'low'

type Store = { held: Held[]; matchers: Map<WordKind, Matcher<Held>> }
const store = underStamp('words', async (ctx): Promise<Store> => {
  const tenants = [ctx.tenantId, ...(await tenantsAbove(ctx)).map((t) => t.id)]
  const rows = await ctx.acrossTenants<PlatformTables>('words of the tenants above hold below').selectFrom('platform_word').select(['tenant_id', 'word', 'kind', 'category', 'grade', 'excepts', 'weight', 'valid_from', 'valid_to']).where('tenant_id', 'in', tenants).where('state', '=', 'active').limit(50_000).execute()
  const held = rows.flatMap((r): Held[] => (isKind(r.kind) && isGrade(r.grade) ? [{ word: r.word, kind: r.kind, category: r.category, grade: r.grade, excepts: r.excepts, weight: r.weight, from: r.valid_from, to: r.valid_to, own: r.tenant_id === ctx.tenantId }] : []))
  return { held, matchers: new Map(wordKindCodes.map((kind) => [kind, matcherOf(held.filter((one) => one.kind === kind))])) }
})

async function holdsToday(ctx: Ctx): Promise<(one: Held) => boolean> {
  const [inherits, today] = [await setting(ctx, inheritWords), localDate(ctx.clock.now())]
  return (one) => (one.own || inherits) && (one.from === null || one.from <= today) && (one.to === null || today <= one.to)
}

/** Words of one kind that are valid today, own and (⚙ words.inherit) of the tenants above, the weightiest first, at most 500. */
export async function heldWords(ctx: Ctx, kind: WordKind): Promise<string[]> {
  const [{ held }, holds] = [await store(ctx), await holdsToday(ctx)]
  return [...new Set(held.filter((one) => one.kind === kind && holds(one)).toSorted((a, b) => b.weight - a.weight).map((one) => one.word))].slice(0, 500)
}

export type WordHit = { word: string; kind: WordKind; kindName: string; category: string; grade: 'high' | 'medium' | 'low' | null; from: number; to: number }

/** Looks for the words of the kinds that are valid today, own and (⚙ words.inherit) of the tenants above, each at its first place: asked once, used for many texts. */
export async function wordFinder(ctx: Ctx, kinds: readonly WordKind[]): Promise<(text: string) => WordHit[]> {
  const [{ matchers }, holds] = [await store(ctx), await holdsToday(ctx)]
  return (text) => kinds.flatMap((kind) => { const matcher = matchers.get(kind); return matcher ? findWords(text, matcher) : [] })
    .filter(({ entry }) => holds(entry))
    .map(({ entry: { word, kind, category, grade }, from, to }) => ({ word, kind, kindName: wordKinds[kind].name, category, grade, from, to }))
}

/** The hits of `wordFinder` in one text. */
export const wordsIn = async (ctx: Ctx, text: string, kinds: readonly WordKind[]): Promise<WordHit[]> => (await wordFinder(ctx, kinds))(text)

export async function listWords(ctx: Ctx, input: Input<typeof contract.listWords>): Promise<Output<typeof contract.listWords>> {
  authorize(ctx, 'platform.manageWords')
  let query = db(ctx).selectFrom('platform_word').where('tenant_id', '=', ctx.tenantId).where('kind', '=', input.kind)
  if (input.q) query = query.where(sql<boolean>`position(${plainWord(input.q)} in plain) > 0`)
  if (input.state) query = query.where('state', '=', input.state)
  const [count, rows, kinds] = [await boundCount(ctx, query), await query.selectAll().where(afterCursor(input.cursor, 'changed_at', 'id')).orderBy('changed_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute(),
    await db(ctx).selectFrom('platform_word').select(['kind', (e) => e.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).groupBy('kind').execute()]
  const page = nextPage(rows, input.limit, (row) => row.changed_at)
  return {
    count, next: page.next, kinds: wordKindCodes.map((code) => ({ code, ...wordKinds[code], words: Number(kinds.find((k) => k.kind === code)?.n ?? 0) })),
    items: page.items.map((r) => ({ id: r.id, kind: isKind(r.kind) ? r.kind : input.kind, word: r.word, category: r.category, grade: isGrade(r.grade) ? r.grade : null, related: r.related, excepts: r.excepts, weight: r.weight, state: r.state as 'active', validFrom: r.valid_from, validTo: r.valid_to, note: r.note, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name })),
  }
}

export async function saveWord(ctx: Ctx, input: Input<typeof contract.saveWord>): Promise<{ id: string }> {
  authorize(ctx, 'platform.manageWords')
  const plain = plainWord(input.word)
  if (plain === '') throw kernelErrors('invalid', { fields: [{ path: 'word', message: '至少一个字' }] })
  if (input.validFrom && input.validTo && input.validFrom > input.validTo) throw kernelErrors('invalid', { fields: [{ path: 'validTo', message: '早于生效日期' }] })
  const twin = await db(ctx).selectFrom('platform_word').select('id').where('tenant_id', '=', ctx.tenantId).where('kind', '=', input.kind).where('plain', '=', plain).executeTakeFirst()
  if (twin && twin.id !== input.id) throw kernelErrors('invalid', { fields: [{ path: 'word', message: '词库里已有' }] })
  const values = { kind: input.kind, word: input.word, plain, category: input.category, grade: input.grade, related: input.related, excepts: input.excepts, weight: input.weight, state: input.state, valid_from: input.validFrom, valid_to: input.validTo, note: input.note, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  await touchStamp(ctx, 'words')
  if (!input.id) {
    const id = newId()
    await db(ctx).insertInto('platform_word').values({ tenant_id: ctx.tenantId, id, ...values }).execute()
    return { id }
  }
  const done = await db(ctx).updateTable('platform_word').set((e) => ({ ...values, version: e('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).returning('id').executeTakeFirst()
  if (done) return done
  const known = await db(ctx).selectFrom('platform_word').select('version').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  throw known ? kernelErrors('conflict', { current: { version: known.version } }) : kernelErrors('notFound')
}

export async function removeWord(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'platform.manageWords')
  const done = await db(ctx).deleteFrom('platform_word').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning(['word', 'kind']).executeTakeFirst()
  if (!done) throw kernelErrors('notFound')
  await touchStamp(ctx, 'words')
  ctx.audit({ module: 'platform', act: 'removeWord', objectType: 'word', objectId: input.id, changes: { word: { old: `${done.kind} ${done.word}`, new: null } } })
  return {}
}

const grades: Record<string, 'high' | 'medium' | 'low'> = { 高: 'high', 中: 'medium', 低: 'low' }

/** A row is a word; what is there already, comes twice or cannot be read is reported, the others are taken. */
export async function importWords(ctx: Ctx, input: Input<typeof contract.importWords>): Promise<Output<typeof contract.importWords>> {
  authorize(ctx, 'platform.manageWords')
  const known = new Set((await db(ctx).selectFrom('platform_word').select('plain').where('tenant_id', '=', ctx.tenantId).where('kind', '=', input.kind).execute()).map((r) => r.plain))
  const failed: Output<typeof contract.importWords>['failed'] = []
  const fresh = input.rows.flatMap((row, at) => {
    const plain = plainWord(row.word)
    const fault = plain === '' ? '没有字' : row.word.length > 40 ? '超过 40 字' : known.has(plain) ? '重复' : row.grade !== '' && !(row.grade in grades) ? '等级应为高、中、低' : null
    if (fault) {
      failed.push({ row: at + 1, word: row.word.slice(0, 40), message: fault })
      return []
    }
    known.add(plain)
    return [{ tenant_id: ctx.tenantId, id: newId(), kind: input.kind, word: row.word, plain, category: row.category.slice(0, 40), grade: grades[row.grade] ?? null, related: row.related.split(/[\s、,，;；]+/).filter(Boolean).slice(0, 50), state: 'active', changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }]
  })
  for (let from = 0; from < fresh.length; from += 500) await db(ctx).insertInto('platform_word').values(fresh.slice(from, from + 500)).execute()
  if (fresh.length > 0) await touchStamp(ctx, 'words')
  return { added: fresh.length, failed }
}
