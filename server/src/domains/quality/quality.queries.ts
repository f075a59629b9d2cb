import type { Kysely } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import type { QualityTables } from './tables.gen.ts'

export const db = (ctx: Ctx): Kysely<QualityTables & SharedViews> => ctx.db<QualityTables>()
