// How many files of what size a place takes.
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { setting } from '../settings/setting-chain.ts'

export type PlaceLimit = { count: number; sizeMb: number; videoMb?: number }

const limit = z.object({ count: z.number().int().min(1).max(100), sizeMb: z.number().min(0.1).max(200), videoMb: z.number().min(0.1).max(200).optional() })

export const attachmentLimits = defineSetting<Record<string, PlaceLimit>>({
  key: 'attachment.limits',
  label: '附件数量与大小',
  help: '按位置设置：registration 为工作人员和公众登记诉求，default 为其余位置；大小单位 MB，视频可另设',
  schema: z.record(z.string(), limit).refine((places) => places['default'] !== undefined, '必须保留 default'),
  fallback: { default: { count: 20, sizeMb: 200 }, registration: { count: 5, sizeMb: 10, videoMb: 100 }, knowledge: { count: 20, sizeMb: 50 }, chat: { count: 50, sizeMb: 10, videoMb: 50 } },
  scope: 'tenant',
})

/** Limits of a place (`registration`, `feedback` …); places without their own have the default's. */
export async function limitOf(ctx: Ctx, place: string): Promise<PlaceLimit> {
  const places = await setting(ctx, attachmentLimits)
  return places[place] ?? places['default'] ?? { count: 20, sizeMb: 200 }
}
