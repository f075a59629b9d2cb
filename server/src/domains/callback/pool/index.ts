// The pool before closing: a part of callback.
import { on } from '../../../kernel/events/event.ts'
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { orderEventTypes, replyChecks } from '../../orders/index.ts'
import { definePart } from '../../platform/index.ts'
import { askPool, enterPool, leavePool, orderPool, sweepPool, waitForPool } from './enter-pool.ts'
import * as contract from './pool-contract.ts'
import { poolSettings } from './pool.settings.ts'
import { answerPool, claimPool, dialPool, listPool, missPool, poolCounts, skipPool } from './work-pool.ts'

export const part = definePart({
  routes: [
    bind(contract.listPool, listPool), bind(contract.poolCounts, poolCounts), bind(contract.claimPool, claimPool), bind(contract.dialPool, dialPool), bind(contract.answerPool, answerPool), bind(contract.missPool, missPool), bind(contract.skipPool, skipPool), bind(contract.orderPool, orderPool), bind(contract.askPool, askPool),
  ],
  events: {
    publishes: [],
    handles: [
      on(orderEventTypes.orderResultReady, 'callback.pool', enterPool),
      on(orderEventTypes.orderResultAccepted, 'callback.pool', leavePool),
      on(orderEventTypes.orderResultReturned, 'callback.pool', leavePool),
      on(orderEventTypes.orderWithdrawn, 'callback.pool', leavePool),
      on(orderEventTypes.orderClosed, 'callback.pool', leavePool),
    ],
  },
  crons: [{ name: 'callback.sweepPool', everySeconds: 60, run: sweepPool }],
  settings: poolSettings,
  implements: [implement(replyChecks, waitForPool)],
})
