// Telephony as later domains see it.
/** For counting calls (the data domain): the reader's condition on calls as `c`, and names of codes and ids. */
export { callsInScope } from './calls/call-scope.ts'
export { agentNamesByIds, callClassNames, queueNamesByIds, trunkNamesByIds } from './calls/call-names.ts'
export { agentStateNames, directionNames, endCauseNames, hungUpNames } from './texts.zh-CN.ts'
export { citizenTicket, takesWebCalls } from './desk/citizen-ticket.ts'
/** Dials a requester from an order, by its id; the call links itself to the order. */
export { dial as dialOrder } from './desk/dial.ts'
/** Whether people may be called now (`outbound.windows`). */
export { inWindow as outboundOpen } from './tasks/read-tasks.ts'
export { callEnded, dialTaskEnded } from './events.ts'
export { keepFlow, type ShippedFlow } from './flows/keep-flow.ts'
export { cancelDialTasks, dialTasksOf, placeDialTask, type DialTaskStand, type NewDialTask, type PlacedTask } from './tasks/place-tasks.ts'
export { callerService, unratedAgents, type CallerService } from './queues/ports.ts'
export { playSilenced, silenced, type Passage } from './recordings/play-silenced.ts'
export { seedTelephony } from './seeding.ts'
export { sentenceHeard } from './transcripts/ports.ts'
export { swapSpeakers } from './transcripts/swap-speakers.ts'
export { hearWave, recognise, recognises } from './transcripts/recognise.ts'
export { seedCall, type SeedCall, type SeedSentence } from './seed-calls.ts'
export { wallboard } from './monitoring/watch.ts'
