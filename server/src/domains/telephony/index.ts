// Telephony as later domains see it.
export { citizenTicket, takesWebCalls } from './desk/citizen-ticket.ts'
export { callEnded } from './events.ts'
export { seedTelephony } from './seeding.ts'
export { sentenceHeard } from './transcripts/ports.ts'
