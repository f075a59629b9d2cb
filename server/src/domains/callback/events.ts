import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'
import { outcomes } from './callback.ts'

export const callbackCompleted = defineEvent('callback.completed', z.object({ taskId: z.string(), orderId: z.string(), round: z.number(), outcome: z.enum([...outcomes, 'notReached']) }), 'orderId')
