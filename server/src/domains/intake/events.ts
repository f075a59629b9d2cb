// What intake tells the rest of the house.
import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

export const appealSubmitted = defineEvent('intake.submitted', z.object({ orderId: z.string(), number: z.string(), channel: z.string(), joined: z.boolean() }), 'orderId')
export const orderRated = defineEvent('intake.rated', z.object({ orderId: z.string(), number: z.string(), round: z.number(), stars: z.number(), satisfied: z.string(), solved: z.string(), reasons: z.array(z.string()), reopened: z.boolean() }), 'orderId')
