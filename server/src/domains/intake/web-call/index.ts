// 网络电话, the citizen's telephone on the portal: a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './web-call-contract.ts'
import { webCallLimit, webCallOpen, webCallState, webCallTicket } from './web-call.ts'

export const part = definePart({
  settings: [webCallOpen, webCallLimit],
  routes: [bind(contract.webCallState, webCallState), bind(contract.webCallTicket, webCallTicket)],
})
