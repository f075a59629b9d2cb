// Checks of results: rejected closings, approvals in one act, the log of checks.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart } from '../../platform/index.ts'
import { replyChecks } from '../ports.ts'
import { proofreadEngines } from '../proofread/index.ts'
import { batchDecide, batchReviewFeedback, batchReviewResult } from './batch-approval.ts'
import { refuseBlocked, sensitiveFindings } from './block-words.ts'
import * as c from './check-contract.ts'
import { listChecks } from './list-checks.ts'
import { correctClosing, secondHandling } from './reject-closing.ts'

export const part = definePart({
  implements: [implement(replyChecks, (ctx, { orderId, reply }) => refuseBlocked(ctx, orderId, { reply })), implement(proofreadEngines, sensitiveFindings)],
  routes: [
    bind(c.correctClosingRoute, correctClosing),
    bind(c.secondHandlingRoute, secondHandling),
    bind(c.batchReviewFeedbackRoute, batchReviewFeedback),
    bind(c.batchReviewResultRoute, batchReviewResult),
    bind(c.batchDecideRoute, batchDecide),
    bind(c.listChecksRoute, listChecks),
  ],
})
