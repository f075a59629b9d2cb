// Telephony as later domains see it.
export { callEnded } from './events.ts'
export { seedTelephony } from './seeding.ts'
