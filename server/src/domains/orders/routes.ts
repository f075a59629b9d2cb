// Descriptions bound to use-cases.
import { bind, type Route } from '../../kernel/http/route.ts'
import { answerOrder, listOrderCitations, passReview, returnToAgent, submitOrder } from './review-order.ts'
import * as c from './contract.ts'
import { dispatchOptions } from './dispatch-options.ts'
import { dispatchOrder } from './dispatch-order.ts'
import { requestExtension } from './extension-requests.ts'
import { patchOrder } from './patch-order.ts'
import { registerOrder } from './register-order.ts'
import { decideReturn } from './decide-return.ts'
import { cancelRequest, requestReturn } from './return-requests.ts'
import { reviewResult } from './review-result.ts'
import { reviewChild, reviewFeedback, submitFeedback } from './submit-feedback.ts'
import { transferOrder } from './transfer/index.ts'
import { turnBack } from './transfer/turn-back.ts'
import { handDown, signAssignment, takeBackAssignment } from './unit-acts.ts'
import { orderOptions } from './order-options.ts'
import { publicSide, publicSideRoute } from './public/public-side.ts'
import { recallDispatch, supplementOrder, withdrawOrder } from './withdraw-order.ts'

export const routes: Route[] = [
  bind(c.registerOrderRoute, registerOrder),
  bind(c.patchOrderRoute, patchOrder),
  bind(c.submitOrderRoute, submitOrder),
  bind(c.passReviewRoute, passReview),
  bind(c.returnToAgentRoute, returnToAgent),
  bind(c.answerOrderRoute, answerOrder),
  bind(c.listOrderCitationsRoute, listOrderCitations),
  bind(c.dispatchOptionsRoute, dispatchOptions),
  bind(c.dispatchOrderRoute, dispatchOrder),
  bind(c.recallDispatchRoute, recallDispatch),
  bind(c.transferOrderRoute, transferOrder),
  bind(c.turnBackRoute, turnBack),
  bind(c.reviewResultRoute, reviewResult),
  bind(c.withdrawOrderRoute, withdrawOrder),
  bind(c.supplementOrderRoute, supplementOrder),
  bind(c.signAssignmentRoute, signAssignment),
  bind(c.handDownRoute, handDown),
  bind(c.takeBackRoute, takeBackAssignment),
  bind(c.submitFeedbackRoute, submitFeedback),
  bind(c.reviewFeedbackRoute, reviewFeedback),
  bind(c.reviewChildRoute, reviewChild),
  bind(c.requestReturnRoute, requestReturn),
  bind(c.requestExtensionRoute, requestExtension),
  bind(c.decideReturnRoute, decideReturn),
  bind(c.cancelRequestRoute, cancelRequest),
  bind(c.orderOptionsRoute, orderOptions),
  bind(publicSideRoute, publicSide),
]
