import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

/** Steps wait for somebody: whoever may decide is told. */
export const flowStepOpened = defineEvent('flow.stepOpened', z.object({ instanceId: z.string(), tokenIds: z.array(z.string()) }), 'instanceId')
/** An instance came to its end: the applicant is told. */
export const flowEnded = defineEvent('flow.ended', z.object({ instanceId: z.string(), outcome: z.enum(['approved', 'returned', 'ended']), opinion: z.string().nullable() }), 'instanceId')
