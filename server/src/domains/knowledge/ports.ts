import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'

/** Groups of the public to which whoever asks belongs; implemented by intake, which knows the enterprises of an account. */
export const publicGroups = definePort<(ctx: Ctx) => Promise<readonly string[]>>('knowledge.publicGroups')
