// Supervision as later domains see it.
export { urgeOrder, type Urged, type Urging } from './urge-order.ts'
export { urgeFault, type UrgeSource } from './supervision.ts'
