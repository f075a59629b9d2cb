// Inspection as later domains see it.
export { sample } from './draw-batch.ts'
export { seedQuality } from './seeding.ts'
