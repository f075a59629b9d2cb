// Where an indicator is shown beyond the catalogue: each domain that names indicators in definitions of its own says where.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'
import type { Output } from '../../kernel/http/route.ts'
import { catalogueOf, db } from './catalogue.ts'
import type * as contract from './contract.ts'
import { dataFail } from './data.errors.ts'
import * as outside from './interfaces/interface-contract.ts'
import { placeNames } from './texts.zh-CN.ts'

/** `path` opens it, where it has a page. */
export type Place = { what: string; name: string; path: string | null; indicators: readonly string[] }
/** All places of the tenant that name indicators, whoever may see them: what stopping one would touch. */
export const indicatorPlaces = definePort<(ctx: Ctx) => Promise<Place[]>>('data.indicatorPlaces')

export async function interfacePlaces(ctx: Ctx): Promise<Place[]> {
  const rows = await db(ctx).selectFrom('data_interface').select(['code', 'name', 'form']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'open').orderBy('code').limit(500).execute()
  return rows.map((r) => ({ what: placeNames.interface, name: r.name, path: '/analytics/interfaces', indicators: outside.form.parse(r.form).indicators }))
}

/** Names only, and only for those who keep the catalogue: a board kept to some roles is named to nobody else. */
export async function listPlaces(ctx: Ctx, input: { code: string }): Promise<Output<typeof contract.placesRoute>> {
  authorize(ctx, 'data.manage')
  if (!(await catalogueOf(ctx)).has(input.code)) throw dataFail('unknownIndicator', { params: { code: input.code } })
  const all = (await Promise.all(indicatorPlaces.all().map((ask) => ask(ctx)))).flat()
  return { items: all.filter((p) => p.indicators.includes(input.code)).map(({ what, name, path }) => ({ what, name, path })) }
}
