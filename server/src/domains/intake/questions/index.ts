// Public questions and encyclopedia (INT-19): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { publicGroups } from '../../knowledge/index.ts'
import { newCaptcha } from '../captcha/captcha.ts'
import { captchaRoute } from '../captcha/captcha-contract.ts'
import { definePart } from '../../platform/index.ts'
import { knowledgeQuestions } from './knowledge-questions.ts'
import { groupsOfAsker, listPolicies, listScenes, listTopics, openTopic } from './policies.ts'
import { reportQuestion } from './report-question.ts'
import { publishedQuestions } from './published-questions.ts'
import * as contract from './question-contract.ts'
import { questionSources } from './question-sources.ts'
import { readQuestion, searchQuestions, voteQuestion } from './read-questions.ts'

export const part = definePart({
  routes: [bind(contract.findQuestionsRoute, searchQuestions), bind(contract.openQuestionRoute, readQuestion), bind(contract.voteQuestionRoute, voteQuestion), bind(contract.findPoliciesRoute, listPolicies), bind(contract.scenesRoute, listScenes), bind(contract.topicsRoute, listTopics), bind(contract.topicRoute, openTopic), bind(contract.reportQuestionRoute, reportQuestion), bind(captchaRoute, newCaptcha)],
  implements: [implement(questionSources, () => publishedQuestions), implement(questionSources, () => knowledgeQuestions), implement(publicGroups, groupsOfAsker)],
})
