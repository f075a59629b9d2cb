// Telephony as later domains see it.
export { citizenTicket, takesWebCalls } from './desk/citizen-ticket.ts'
export { callEnded, dialTaskEnded } from './events.ts'
export { cancelDialTasks, placeDialTask, type NewDialTask, type PlacedTask } from './tasks/place-tasks.ts'
export { seedTelephony } from './seeding.ts'
export { sentenceHeard } from './transcripts/ports.ts'
export { seedCall, type SeedCall, type SeedSentence } from './seed-calls.ts'
