// Telephony as later domains see it.
export { citizenTicket, takesWebCalls } from './desk/citizen-ticket.ts'
/** Dials a requester from an order, by its id; the call links itself to the order. */
export { dial as dialOrder } from './desk/dial.ts'
/** Whether people may be called now (`outbound.windows`). */
export { inWindow as outboundOpen } from './tasks/read-tasks.ts'
export { callEnded, dialTaskEnded } from './events.ts'
export { keepFlow, type ShippedFlow } from './flows/keep-flow.ts'
export { cancelDialTasks, dialTasksOf, placeDialTask, type DialTaskStand, type NewDialTask, type PlacedTask } from './tasks/place-tasks.ts'
export { seedTelephony } from './seeding.ts'
export { sentenceHeard } from './transcripts/ports.ts'
export { seedCall, type SeedCall, type SeedSentence } from './seed-calls.ts'
export { wallboard } from './monitoring/watch.ts'
