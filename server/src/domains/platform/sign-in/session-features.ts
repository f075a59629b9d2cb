import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

/** Later domains tell the console what is switched on for the signed-in person: `{ telephony: { desk: true } }`. */
export const sessionFeatures = definePort<(ctx: Ctx) => Promise<Record<string, unknown>>>('platform.sessionFeatures')
