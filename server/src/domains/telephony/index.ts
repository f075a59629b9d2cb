// Telephony as later domains see it.
export { citizenTicket, takesWebCalls } from './desk/citizen-ticket.ts'
export { callEnded, dialTaskEnded } from './events.ts'
export { keepFlow, type ShippedFlow } from './flows/keep-flow.ts'
export { cancelDialTasks, dialTasksOf, placeDialTask, type DialTaskStand, type NewDialTask, type PlacedTask } from './tasks/place-tasks.ts'
export { seedTelephony } from './seeding.ts'
export { sentenceHeard } from './transcripts/ports.ts'
export { seedCall, type SeedCall, type SeedSentence } from './seed-calls.ts'
