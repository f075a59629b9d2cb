import { bind, type Route } from '../../kernel/http/route.ts'
import * as b from './boards/board-contract.ts'
import { chainBoard } from './boards/chain-board.ts'
import { departmentsBoard } from './boards/departments-board.ts'
import { leaderUnits, setLeaderUnits } from './boards/leader-units.ts'
import { levelsBoard } from './boards/levels-board.ts'
import { seatActs, seatsBoard } from './boards/seats-board.ts'
import { listStays, listWatchedOrders, supervisionBoard } from './board.ts'
import * as k from './cases/case-contract.ts'
import * as cases from './cases/cases.ts'
import * as c from './contract.ts'
import * as e from './events/event-contract.ts'
import { chooseWarningRules, listEvents, showEvent, superviseEvent } from './events/supervise-events.ts'
import * as h from './hits/hit-contract.ts'
import { acknowledgeHit, answerHit, hitStats, listHits } from './hits/hits.ts'
import { followOrder, listFocus, orderFocus, unfollowOrder } from './instructions/focus.ts'
import * as i from './instructions/instruction-contract.ts'
import * as give from './instructions/give-instruction.ts'
import { instructionStats, listInstructions, orderInstructions } from './instructions/instructions.ts'
import { limitBoard, limitReport } from './limits/limit-board.ts'
import * as p from './leader-cases/leader-case-contract.ts'
import * as reports from './leader-cases/leader-reports.ts'
import { leaderCaseStatistics } from './leader-cases/leader-statistics.ts'
import * as v from './overview/overview-contract.ts'
import { overviewList, saveOverviewList } from './overview/overview-recipients.ts'
import { listOverviews, showOverview } from './overview/read-overviews.ts'
import * as l from './limits/limit-contract.ts'
import { listCards, orderCards } from './read-cards.ts'
import { clockRegister, dueLists, listClocks } from './read-clocks.ts'
import { answerUrgeRoute, listUpperNotices, listUrges, orderUrges, urgeCounts } from './read-urges.ts'
import * as rules from './rules/manage-rules.ts'
import { preListRows, preLists } from './rules/pre-lists.ts'
import * as r from './rules/rule-contract.ts'
import { tryPast } from './rules/try-past.ts'
import * as s from './statistics/statistics-contract.ts'
import { supervisionStatistics } from './statistics/statistics.ts'
import { appeal, decideAppeal, listAppeals } from './tasks/appeals.ts'
import { addDuty, listDuties, removeDuty } from './tasks/assign-supervisor.ts'
import { listTasks, showTask } from './tasks/read-tasks.ts'
import * as tasks from './tasks/task-acts.ts'
import * as t from './tasks/task-contract.ts'
import * as u from './urge-contract.ts'
import { recordUpperNotice, urgeOrderByStaff } from './urge-order.ts'

export const routes: Route[] = [
  bind(c.clockRegisterRoute, clockRegister),
  bind(c.listClocksRoute, listClocks),
  bind(l.limitBoardRoute, limitBoard),
  bind(l.limitReportRoute, limitReport),
  bind(c.listCardsRoute, listCards),
  bind(c.boardRoute, supervisionBoard),
  bind(c.listStaysRoute, listStays),
  bind(c.listWatchedOrdersRoute, listWatchedOrders),
  bind(c.dueListsRoute, dueLists),
  bind(c.orderCardsRoute, orderCards),
  bind(u.urgeOrderRoute, urgeOrderByStaff),
  bind(u.orderUrgesRoute, orderUrges),
  bind(u.listUrgesRoute, listUrges),
  bind(u.answerUrgeRoute, answerUrgeRoute),
  bind(u.recordUpperNoticeRoute, recordUpperNotice),
  bind(u.listUpperNoticesRoute, listUpperNotices),
  bind(e.listEventsRoute, listEvents),
  bind(e.showEventRoute, showEvent),
  bind(e.superviseEventRoute, superviseEvent), bind(e.chooseWarningRulesRoute, chooseWarningRules),
  bind(t.listTasksRoute, listTasks),
  bind(t.showTaskRoute, showTask),
  bind(t.createTaskRoute, tasks.createTask),
  bind(t.taskOptionsRoute, tasks.taskOptions),
  bind(t.acknowledgeTaskRoute, tasks.acknowledgeTask),
  bind(t.progressTaskRoute, tasks.progressTask),
  bind(t.replyTaskRoute, tasks.replyTask),
  bind(t.closeTaskRoute, tasks.closeTask),
  bind(t.transferTaskRoute, tasks.transferTask),
  bind(t.raiseTaskRoute, tasks.raiseTask),
  bind(t.remindTaskRoute, tasks.remindTask),
  bind(t.listDutiesRoute, listDuties),
  bind(t.addDutyRoute, addDuty),
  bind(t.removeDutyRoute, removeDuty),
  bind(t.appealRoute, appeal),
  bind(t.listAppealsRoute, listAppeals),
  bind(t.decideAppealRoute, decideAppeal),
  bind(r.factsRoute, rules.listFacts),
  bind(r.listRulesRoute, rules.listRules),
  bind(r.showRuleRoute, rules.showRule),
  bind(r.createRuleRoute, rules.createRule),
  bind(r.copyRuleRoute, rules.copyRule),
  bind(r.changeRuleRoute, rules.changeRule),
  bind(r.removeRuleRoute, rules.removeRule),
  bind(r.simulateRuleRoute, rules.simulateRule),
  bind(r.tryPastRoute, tryPast),
  bind(r.enableRuleRoute, rules.enableRule),
  bind(r.stopRuleRoute, rules.stopRule),
  bind(r.preListsRoute, preLists),
  bind(r.listRowsRoute, preListRows),
  bind(h.listHitsRoute, listHits),
  bind(h.hitStatsRoute, hitStats),
  bind(h.acknowledgeHitRoute, acknowledgeHit),
  bind(h.answerHitRoute, answerHit),
  bind(i.listInstructionsRoute, listInstructions),
  bind(i.instructionStatsRoute, instructionStats),
  bind(i.orderInstructionsRoute, orderInstructions),
  bind(i.requestInstructionRoute, give.requestInstruction),
  bind(i.issueInstructionRoute, give.issueInstruction),
  bind(i.answerInstructionRequestRoute, give.answerInstructionRequest),
  bind(i.referInstructionRoute, give.referInstruction),
  bind(i.reportInstructionRoute, give.reportInstruction),
  bind(i.closeInstructionRoute, give.closeInstruction),
  bind(i.listFocusRoute, listFocus),
  bind(i.orderFocusRoute, orderFocus),
  bind(i.followOrderRoute, followOrder),
  bind(i.unfollowOrderRoute, unfollowOrder),
  bind(k.pickSourceRoute, cases.pickSources),
  bind(k.dropSourceRoute, cases.dropSource),
  bind(k.listSourcesRoute, cases.listSources),
  bind(k.createCaseRoute, cases.createCase),
  bind(k.listCasesRoute, cases.listCases),
  bind(k.showCaseRoute, cases.showCase),
  bind(k.reviseCaseRoute, cases.reviseCase),
  bind(k.decideCaseRoute, cases.decideCase),
  bind(k.reportCaseRoute, cases.reportCase),
  bind(k.inspectCaseRoute, cases.inspectCase),
  bind(k.opinionRoute, cases.issueOpinion),
  bind(k.closeCaseRoute, cases.closeCase),
  bind(v.listOverviewsRoute, listOverviews),
  bind(v.showOverviewRoute, showOverview),
  bind(v.overviewListRoute, overviewList),
  bind(v.saveOverviewListRoute, saveOverviewList),
  bind(p.listLeaderReportsRoute, reports.listLeaderReports),
  bind(p.showLeaderReportRoute, reports.showLeaderReport),
  bind(p.openLeaderReportRoute, reports.openLeaderReport),
  bind(p.saveLeaderReportRoute, reports.saveLeaderReport),
  bind(p.decideLeaderReportRoute, reports.decideLeaderReport),
  bind(p.leaderCasesRoute, reports.listLeaderCases),
  bind(p.leaderCaseStatisticsRoute, leaderCaseStatistics),
  bind(b.departmentsBoardRoute, departmentsBoard),
  bind(b.chainBoardRoute, chainBoard),
  bind(b.levelsBoardRoute, levelsBoard),
  bind(b.seatsBoardRoute, seatsBoard),
  bind(b.seatActsRoute, seatActs),
  bind(b.leaderUnitsRoute, leaderUnits),
  bind(b.setLeaderUnitsRoute, setLeaderUnits),
  bind(s.statisticsRoute, supervisionStatistics),
  bind(u.urgeCountsRoute, urgeCounts),
]
