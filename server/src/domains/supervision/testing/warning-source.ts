// The contract of whoever keeps warning events, and a source in memory that keeps it: a later module runs the same suite over its own.
import { describe, expect, test } from 'vitest'
import type { Ctx } from '../../../kernel/ctx.ts'
import { localDate, type Instant } from '../../../kernel/time/index.ts'
import { panelKinds, type WarningEvent, type WarningPanel, type WarningQuery } from '../events/warning-events.ts'

type WarningSource = { events: (ctx: Ctx, query: WarningQuery) => Promise<{ items: WarningEvent[]; next: string | null }>; panels: (ctx: Ctx, id: string) => Promise<WarningPanel[] | null> }

/** Keeps events per tenant in memory. */
export function memorySource() {
  const held: { tenantId: string; event: WarningEvent }[] = []
  const source: WarningSource = {
    async events(ctx, query) {
      const fits = held.filter((h) => h.tenantId === ctx.tenantId).map((h) => h.event)
        .filter((e) => (query.ids?.includes(e.id) ?? true) && (query.ruleIds?.includes(e.rule.id) ?? true) && (query.unitId === undefined || e.unitId === query.unitId))
        .filter((e) => (query.from === undefined || day(e.raisedAt) >= query.from) && (query.to === undefined || day(e.raisedAt) <= query.to))
        .toSorted((a, b) => b.raisedAt - a.raisedAt || (a.id < b.id ? 1 : -1))
      const start = query.cursor === undefined ? 0 : Number(query.cursor)
      const items = fits.slice(start, start + query.limit)
      return { items, next: start + items.length < fits.length ? String(start + items.length) : null }
    },
    async panels(ctx, id) {
      const found = held.find((h) => h.tenantId === ctx.tenantId && h.event.id === id)?.event
      return found ? panelKinds.map((kind) => ({ kind, facts: [{ label: '标题', value: found.title }], orderIds: kind === 'orders' ? found.orderIds : kind === 'firstCase' ? found.orderIds.slice(0, 1) : [] })) : null
    },
  }
  return { source, add: (tenantId: string, event: WarningEvent) => void held.push({ tenantId, event }) }
}
const day = (at: Instant): string => localDate(at, 'Asia/Shanghai')

/** `run` gives a context of the tenant that holds at least three events of two rules, `other` one of a tenant that holds none. */
export function warningSourceContract(name: string, given: () => { source: WarningSource; run: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>; other: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T> }): void {
  describe(`预警事件来源：${name}`, () => {
    test('新的在前，逐页读完不重不漏', async () => {
      const { source, run } = given()
      const all = (await run((ctx) => source.events(ctx, { limit: 200 }))).items
      expect(all.length).toBeGreaterThanOrEqual(3)
      for (const [i, event] of all.entries()) expect(event.raisedAt).toBeLessThanOrEqual(all[i - 1]?.raisedAt ?? Number.POSITIVE_INFINITY)
      const paged: string[] = []
      let cursor: string | undefined
      do {
        const page: { items: WarningEvent[]; next: string | null } = await run((ctx) => source.events(ctx, { limit: 1, ...(cursor === undefined ? {} : { cursor }) }))
        paged.push(...page.items.map((e) => e.id))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(paged).toEqual(all.map((e) => e.id))
    })

    test('按编号、规则、日期只给相符的', async () => {
      const { source, run } = given()
      const all = (await run((ctx) => source.events(ctx, { limit: 200 }))).items
      const one = all[1] as WarningEvent
      expect((await run((ctx) => source.events(ctx, { ids: [one.id], limit: 5 }))).items).toEqual([one])
      expect((await run((ctx) => source.events(ctx, { ruleIds: [one.rule.id], limit: 200 }))).items).toEqual(all.filter((e) => e.rule.id === one.rule.id))
      expect((await run((ctx) => source.events(ctx, { from: day(one.raisedAt), to: day(one.raisedAt), limit: 200 }))).items.map((e) => e.id)).toContain(one.id)
      expect((await run((ctx) => source.events(ctx, { to: '2000-01-01', limit: 200 }))).items).toEqual([])
    })

    test('六类信息各一次；不属于本租户的事件没有', async () => {
      const { source, run, other } = given()
      const [one] = (await run((ctx) => source.events(ctx, { limit: 1 }))).items
      expect((await run((ctx) => source.panels(ctx, one?.id ?? '')))?.map((p) => p.kind).toSorted()).toEqual([...panelKinds].toSorted())
      expect((await other((ctx) => source.events(ctx, { limit: 200 }))).items).toEqual([])
      expect(await other((ctx) => source.panels(ctx, one?.id ?? ''))).toBeNull()
    })
  })
}
