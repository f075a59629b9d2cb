// Public surveys (INT-22): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, fileAccess } from '../../platform/index.ts'
import { answerSurvey, publicSurvey, publicSurveys } from './answer-survey.ts'
import { actOnSurvey, addSurvey, changeSurvey, getSurvey, listSurveys } from './edit-surveys.ts'
import * as contract from './survey-contract.ts'
import { exportSurvey, mayOpenSurveyFile, surveyResults } from './survey-results.ts'

export const part = definePart({
  permissions: { 'intake.surveys': '民意问卷' },
  roles: { reviewer: { 'intake.surveys': 'tenant' }, shiftLeader: { 'intake.surveys': 'tenant' }, businessAdmin: { 'intake.surveys': 'tenant' }, tenantAdmin: { 'intake.surveys': 'tenant' } },
  routes: [
    bind(contract.listSurveys, listSurveys), bind(contract.getSurvey, getSurvey), bind(contract.addSurvey, addSurvey), bind(contract.changeSurvey, changeSurvey), bind(contract.actOnSurvey, actOnSurvey), bind(contract.surveyResults, surveyResults), bind(contract.exportSurvey, exportSurvey),
    bind(contract.publicSurveys, publicSurveys), bind(contract.publicSurvey, publicSurvey), bind(contract.answerSurvey, answerSurvey),
  ],
  implements: [implement(fileAccess, mayOpenSurveyFile)],
})
