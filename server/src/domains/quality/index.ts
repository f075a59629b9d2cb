// Inspection as later domains see it.
export { seedQuality } from './seeding.ts'
