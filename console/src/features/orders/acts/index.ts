// Acts on orders for all pages: hooks for acts bars, panels for desks.
export { AssignmentAct, RequestAct, useAssignmentActs, useRequestActs, useSign } from './assignment-acts.tsx'
export { OrderAct, useOrderActs } from './order-acts.tsx'
export { RevealContact } from './RevealContact.tsx'
export type { ActOptions } from './use-act-form.tsx'
