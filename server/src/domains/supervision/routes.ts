import { bind, type Route } from '../../kernel/http/route.ts'
import { listStays, listWatchedOrders, supervisionBoard } from './board.ts'
import * as c from './contract.ts'
import { listCards, orderCards } from './read-cards.ts'
import { clockRegister, dueLists, listClocks } from './read-clocks.ts'
import { answerUrgeRoute, listUpperNotices, listUrges, orderUrges, urgeCounts } from './read-urges.ts'
import { closeTask, listTasks, replyTask, showTask } from './supervision-tasks.ts'
import * as u from './urge-contract.ts'
import { recordUpperNotice, urgeOrderByStaff } from './urge-order.ts'

export const routes: Route[] = [
  bind(c.clockRegisterRoute, clockRegister),
  bind(c.listClocksRoute, listClocks),
  bind(c.listCardsRoute, listCards),
  bind(c.boardRoute, supervisionBoard),
  bind(c.listStaysRoute, listStays),
  bind(c.listWatchedOrdersRoute, listWatchedOrders),
  bind(c.dueListsRoute, dueLists),
  bind(c.orderCardsRoute, orderCards),
  bind(u.urgeOrderRoute, urgeOrderByStaff),
  bind(u.orderUrgesRoute, orderUrges),
  bind(u.listUrgesRoute, listUrges),
  bind(u.urgeCountsRoute, urgeCounts),
  bind(u.answerUrgeRoute, answerUrgeRoute),
  bind(u.recordUpperNoticeRoute, recordUpperNotice),
  bind(u.listUpperNoticesRoute, listUpperNotices),
  bind(u.listTasksRoute, listTasks),
  bind(u.showTaskRoute, showTask),
  bind(u.replyTaskRoute, replyTask),
  bind(u.closeTaskRoute, closeTask),
]
