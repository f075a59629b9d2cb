// What the policy for the exchange asks of later domains.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

/** Agents after whom callers are not asked for a rating; looked at each minute. */
export const unratedAgents = definePort<(ctx: Ctx) => Promise<string[]>>('telephony.unratedAgents', async () => [])

/** How a caller is received beyond what orders know of him: class of the call, 0 to 1 for the weight "level", and variables a flow may ask (`caller.…`; `caller.seat`: the agent who takes his calls while free). */
export type CallerService = { class: string | null; level: number; reason: string; variables: Record<string, string> }
export const callerService = definePort<(ctx: Ctx, phoneHash: string) => Promise<CallerService | null>>('telephony.callerService', async () => null)
