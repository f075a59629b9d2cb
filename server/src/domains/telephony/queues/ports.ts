// What the policy for the exchange asks of later domains.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

/** Agents after whom callers are not asked for a rating; looked at each minute. */
export const unratedAgents = definePort<(ctx: Ctx) => Promise<string[]>>('telephony.unratedAgents', async () => [])
