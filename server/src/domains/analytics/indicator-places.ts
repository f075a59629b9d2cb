// Boards that show an indicator, for the catalogue.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Place } from '../data/index.ts'
import { everyBoard } from './boards.ts'
import { kindNames } from './texts.zh-CN.ts'

/** Published boards, and drafts that are being made; withdrawn ones show nothing. */
export const boardPlaces = async (ctx: Ctx): Promise<Place[]> =>
  (await everyBoard(ctx)).map((b) => ({ what: kindNames[b.kind], name: b.name, path: `/analytics/boards/${b.code}`, indicators: [...new Set(b.panels.flatMap((p) => p.indicators))] }))
