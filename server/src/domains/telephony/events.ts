// What telephony tells later domains, and itself.
import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

/** Something that the exchange must know changed: the next policy is built from what stands then. */
export const policyChanged = defineEvent('telephony.policyChanged', z.object({ tenantId: z.string(), what: z.string() }), 'tenantId')
/** A dial task has come to its end; whoever placed it knows it by `origin` and `originId`. Not reached is never satisfied. */
export const dialTaskEnded = defineEvent('telephony.dialTaskEnded', z.object({ taskId: z.string(), origin: z.string(), originId: z.string(), outcome: z.enum(['reached', 'notReached', 'skipped', 'cancelled']), reason: z.string().nullable(), attempts: z.number().int(), callId: z.string().nullable(), /** of a robot: what was keyed in, by variable of its flow */ answers: z.record(z.string(), z.string()).nullable().default(null) }), 'taskId')
export const callEnded = defineEvent('telephony.callEnded', z.object({ callId: z.string(), direction: z.string(), cause: z.string(), answered: z.boolean(), rating: z.number().nullable(), orderIds: z.array(z.string()) }), 'callId')
