// Inspection as later domains see it.
export { sample } from './draw-batch.ts'
