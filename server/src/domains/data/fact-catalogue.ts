// Every fact by its key: those of orders and those of the telephone.
import { callFact, seatFact } from './call-facts.ts'
import { orderFacts, type Fact } from './facts.ts'

export const facts: Readonly<Record<string, Fact>> = { ...orderFacts, call: callFact, seat: seatFact }
export const factOf = (key: string): Fact | undefined => (Object.hasOwn(facts, key) ? facts[key] : undefined)
