// Sums against a recount: every delivered indicator by the first dimension of every cut. A difference is reported, and the sums are built anew.
import type { Ctx } from '../../../kernel/ctx.ts'
import { addDays, localDate } from '../../../kernel/time/index.ts'
import { sql } from 'kysely'
import { tenantById } from '../../platform/index.ts'
import { catalogueOf } from '../catalogue.ts'
import { evaluate } from '../figures.ts'
import { isBasic } from '../indicator.ts'
import { cuts } from './cuts.ts'
import { dropOldDays, startBuild } from './rebuild.ts'
import { countingsOf } from './series.ts'
import { keptOf } from './state.ts'

const MOST = 20

/** What differs, as "indicator by dimension: key sums/rows"; at most twenty. Changes that wait are not differences: bring them in first. */
export async function differences(ctx: Ctx, from: string, to: string): Promise<string[]> {
  const catalogue = await catalogueOf(ctx)
  const summed = [...catalogue.values()].filter((e) => e.state === 'active').flatMap((e) => { const d = e.versions.at(-1)?.definition; const countings = d && isBasic(d) ? countingsOf(d) : null; return countings ? [{ code: e.code, stock: countings.leave !== null }] : [] })
  const found: string[] = []
  for (const cut of cuts) {
    const dimension = cut[0] ?? ''
    const ask = { indicators: summed.filter((i) => dimension !== 'hour' || !i.stock).map((i) => i.code), dimensions: [dimension], from, to, where: [], below: false }
    const [sums, rows] = [await evaluate(ctx, ask, catalogue, 'sums'), await evaluate(ctx, ask, catalogue, 'live')]
    for (const key of new Set([...sums.groups.keys(), ...rows.groups.keys()])) {
      for (const code of ask.indicators) {
        const [a, b] = [sums.groups.get(key)?.values.get(code)?.toString() ?? '0', rows.groups.get(key)?.values.get(code)?.toString() ?? '0']
        if (a !== b) found.push(`${code} ${dimension} ${key ?? '合计'}：${a}/${b}`)
        if (found.length >= MOST) return found
      }
    }
  }
  return found
}

/** Each night over the last month; sums that differ are not used until they are built again. */
export async function verifyKept(ctx: Ctx): Promise<void> {
  const kept = await keptOf(ctx, ctx.tenantId)
  if (!kept || kept.series === 0 || kept.building || kept.pending) return
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const now = localDate(ctx.clock.now(), timeZone)
  await dropOldDays(ctx, ctx.tenantId, timeZone)
  const found = await differences(ctx, addDays(now, -31), addDays(now, -1))
  if (found.length === 0) return
  ctx.log.error({ tenant: ctx.tenantId, found }, 'sums differ from the rows, they are built anew')
  await startBuild(ctx, true)
  await sql`update data_kept set fault = ${found.slice(0, 5).join('；')} where tenant_id = ${ctx.tenantId}`.execute(ctx.acrossTenants('the tenant is named'))
}
