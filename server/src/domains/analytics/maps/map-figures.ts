import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import type * as contract from './map-contract.ts'
import { mapOf, type MapData } from './map-data.ts'

export async function mapFigures(ctx: Ctx, input: Input<typeof contract.mapRoute>): Promise<MapData> {
  authorize(ctx, 'data.read')
  return mapOf(ctx, input)
}
