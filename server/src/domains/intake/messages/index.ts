// Message centre of citizens (INT-12): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { orderNews } from './follow-orders.ts'
import { reportNews } from './follow-reports.ts'
import * as contract from './message-contract.ts'
import { countMessages, deleteMessage, getPush, listMessages, readMessages, setPush } from './own-messages.ts'

export const part = definePart({
  routes: [
    bind(contract.listOwnMessages, listMessages),
    bind(contract.countOwnMessages, countMessages),
    bind(contract.readOwnMessages, readMessages),
    bind(contract.deleteOwnMessage, deleteMessage),
    bind(contract.getPushKinds, getPush),
    bind(contract.setPushKinds, setPush),
  ],
  events: { handles: [...orderNews, ...reportNews] },
})
