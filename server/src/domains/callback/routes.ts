import { bind, type Route } from '../../kernel/http/route.ts'
import { callbackBreakdown, callbackRateRows, callbackRates, callbackRatesByUnit } from './callback-rates.ts'
import { completeCallback } from './complete-callback.ts'
import * as c from './contract.ts'
import { assignCallback, claimCallback, releaseCallback } from './hold-callback.ts'
import { callbackCounts, callbackOptions, listCallbacks } from './list-callbacks.ts'
import { orderCallbacks } from './read-results.ts'
import { recordAttempt } from './record-attempt.ts'
import { showCallback } from './show-callback.ts'

export const routes: Route[] = [
  bind(c.listCallbacksRoute, listCallbacks),
  bind(c.callbackCountsRoute, callbackCounts),
  bind(c.callbackOptionsRoute, callbackOptions),
  bind(c.showCallbackRoute, showCallback),
  bind(c.claimCallbackRoute, claimCallback),
  bind(c.releaseCallbackRoute, releaseCallback),
  bind(c.assignCallbackRoute, assignCallback),
  bind(c.recordAttemptRoute, recordAttempt),
  bind(c.completeCallbackRoute, completeCallback),
  bind(c.callbackRatesRoute, callbackRates),
  bind(c.callbackRatesByUnitRoute, callbackRatesByUnit),
  bind(c.callbackBreakdownRoute, callbackBreakdown),
  bind(c.callbackRateRowsRoute, callbackRateRows),
  bind(c.orderCallbacksRoute, orderCallbacks),
]
