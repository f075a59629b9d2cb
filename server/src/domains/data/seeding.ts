// What the demo city needs of series: invented inhabitants of its counties, so that figures per ten thousand have a denominator.
import type { Ctx } from '../../kernel/ctx.ts'
import { localDate } from '../../kernel/time/index.ts'
import { areasUnder, tenantById } from '../platform/index.ts'
import { keepSeries, loadSeries } from './series/series.ts'

const COUNTY = 3

export async function seedData(ctx: Ctx): Promise<void> {
  const { areaCode, timeZone } = await tenantById(ctx, ctx.tenantId)
  const counties = (await areasUnder(ctx, areaCode)).filter((area) => area.level === COUNTY)
  if (counties.length === 0) return
  const year = Number(localDate(ctx.clock.now(), timeZone).slice(0, 4)) - 1
  await keepSeries(ctx, { code: 'population', name: '常住人口', unit: '人', source: '演示数据', digits: 6 })
  await loadSeries(ctx, { code: 'population', check: false, rows: counties.map(({ code }, i) => ({ areaCode: code, fromDay: String(year), value: String(214_000 + ((i * 97_531) % 430_000)) })) })
}
