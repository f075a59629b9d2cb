import { bind, type Route } from '../../kernel/http/route.ts'
import { handleAlert, listAlerts } from './alerts.ts'
import * as a from './appeal-contract.ts'
import { appealTask, decideAppeal, listAppeals, showAppeal } from './appeals.ts'
import { decideCase, listCases, playCase, proposeCase, showCase } from './cases.ts'
import { issueRuleGroup, listRules, listSheets, saveRule, saveSheet } from './catalogue.ts'
import * as c from './contract.ts'
import { correctScore, saveScore, showTask, submitScore } from './desk.ts'
import { swapTaskSpeakers } from './swap-speakers.ts'
import { myScores } from './mine.ts'
import { listPlans, planOptions, previewDraw, runPlan, savePlan } from './plans.ts'
import * as r from './report-contract.ts'
import { statistics } from './statistics.ts'
import { assignTasks, claimTask, listTasks, releaseTask, taskCounts, withdrawTasks } from './tasks.ts'
import { tryRule } from './try-rule.ts'

export const routes: Route[] = [
  bind(c.sheetsRoute, listSheets), bind(c.saveSheetRoute, saveSheet), bind(c.rulesRoute, listRules), bind(c.saveRuleRoute, saveRule), bind(c.issueRuleGroupRoute, issueRuleGroup), bind(r.tryRuleRoute, tryRule),
  bind(c.plansRoute, listPlans), bind(c.planOptionsRoute, planOptions), bind(c.savePlanRoute, savePlan), bind(c.previewDrawRoute, previewDraw), bind(c.runPlanRoute, runPlan),
  bind(c.tasksRoute, listTasks), bind(c.taskCountsRoute, taskCounts), bind(c.myScoresRoute, myScores), bind(c.assignTasksRoute, assignTasks), bind(c.withdrawTasksRoute, withdrawTasks),
  bind(c.showTaskRoute, showTask), bind(c.claimTaskRoute, claimTask), bind(c.releaseTaskRoute, releaseTask), bind(c.saveScoreRoute, saveScore), bind(c.submitScoreRoute, submitScore), bind(c.correctScoreRoute, correctScore), bind(c.swapSpeakersRoute, swapTaskSpeakers),
  bind(a.appealTaskRoute, appealTask), bind(a.listAppealsRoute, listAppeals), bind(a.showAppealRoute, showAppeal), bind(a.decideAppealRoute, decideAppeal),
  bind(r.statisticsRoute, statistics), bind(r.casesRoute, listCases), bind(r.caseRoute, showCase), bind(r.caseSoundRoute, playCase), bind(r.proposeCaseRoute, proposeCase), bind(r.decideCaseRoute, decideCase), bind(r.alertsRoute, listAlerts), bind(r.handleAlertRoute, handleAlert),
]
