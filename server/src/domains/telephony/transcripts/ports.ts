// What later domains hear of a call while it is talked.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

/** A sentence of a running call, as it is understood; in the transaction that keeps it. Milliseconds on the call's time line. */
export const sentenceHeard = definePort<(ctx: Ctx, heard: { callId: string; sentenceId: string; speaker: string; startMs: number; endMs: number; text: string }) => Promise<void>>('telephony.sentenceHeard')
