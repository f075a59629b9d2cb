// Knowledge: what the hotline may say, kept under review, found while a caller waits, quoted by version.
import { on } from '../../kernel/events/event.ts'
import { asJob } from '../../kernel/jobs/job.ts'
import { defineModule, type Module } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../flow/index.ts'
import { exportSources, fileAccess, messageTypes, searchSources, smsTemplateSources, suggestionReleased, todoSources } from '../platform/index.ts'
import { crawl } from './crawl/run-crawl.ts'
import { crawlDue } from './crawl/sources.ts'
import { knowledgePublished, publicReportClosed } from './events.ts'
import { reviewFinished } from './items/decide-ticket.ts'
import { mayOpenKnowledgeFile } from './items/item-files.ts'
import { knowledgeExports } from './items/export-items.ts'
import { keepSuggestion } from './items/keep-suggestion.ts'
import { purgeDiscarded } from './items/recycle-bin.ts'
import { reviewFlow } from './items/review-flow.ts'
import { forgetOpenCalls } from './open/open-knowledge.ts'
import { expireDue, publishDue } from './items/shelf.ts'
import { knowledgeTodo } from './items/tickets.ts'
import { knowledgeFail } from './knowledge.errors.ts'
import { sendDue } from './notices/send-notices.ts'
import { routes } from './routes.ts'
import { indexFiles } from './search/index-files.ts'
import { runPolicies } from './upkeep/policies.ts'
import { knowledgeSearch } from './search/search-source.ts'
import { checkDaily } from './stock/check-stock.ts'
import { knowledgeSettings } from './settings.ts'

const reads = { 'knowledge.read': 'tenant' } as const
const keeps = { ...reads, 'knowledge.edit': 'tenant', 'knowledge.review': 'tenant', 'knowledge.publish': 'tenant', 'knowledge.manage': 'tenant', 'knowledge.emergency': 'tenant' } as const

const roles: NonNullable<Module['roles']> = {
  agent: reads, shiftLeader: { ...reads, 'knowledge.review': 'tenant', 'knowledge.emergency': 'tenant' }, reviewer: { ...reads, 'knowledge.edit': 'tenant', 'knowledge.review': 'tenant' }, dispatcher: reads, callbackAgent: reads, inspector: reads, supervisor: reads, leader: reads,
  handler: { ...reads, 'knowledge.edit': 'unit' }, unitLeader: { ...reads, 'knowledge.edit': 'unit', 'knowledge.review': 'unit' }, matterManager: keeps, businessAdmin: keeps, tenantAdmin: keeps,
}

export const knowledge = defineModule({
  name: 'knowledge',
  tables: 'knowledge_',
  dependsOn: ['platform', 'flow', 'matters'],
  permissions: { 'knowledge.read': '检索和查看知识', 'knowledge.edit': '采编知识', 'knowledge.review': '审核知识', 'knowledge.publish': '发布知识', 'knowledge.manage': '维护知识目录、类型和词表', 'knowledge.emergency': '发起应急推送' },
  roles,
  routes,
  events: { publishes: [knowledgePublished, publicReportClosed], handles: [on(suggestionReleased, 'knowledge', keepSuggestion)] },
  jobs: [asJob(indexFiles), asJob(crawl)],
  crons: [{ name: 'knowledge.publishDue', everySeconds: 30, run: publishDue }, { name: 'knowledge.expireDue', everySeconds: 600, run: expireDue }, { name: 'knowledge.purge', everySeconds: 3600, run: purgeDiscarded }, { name: 'knowledge.openCalls', everySeconds: 86_400, run: forgetOpenCalls }, { name: 'knowledge.checkStock', everySeconds: 86_400, run: checkDaily }, { name: 'knowledge.policies', everySeconds: 900, run: runPolicies }, { name: 'knowledge.noticesDue', everySeconds: 60, run: sendDue }, { name: 'knowledge.crawlDue', everySeconds: 60, run: crawlDue }],
  realtime: { 'knowledge.items': { may: 'knowledge.read' }, 'knowledge.tickets': { may: 'knowledge.read' }, 'knowledge.emergency': { may: 'knowledge.read' }, 'knowledge.feedback': { may: 'knowledge.read' } },
  settings: knowledgeSettings,
  errors: knowledgeFail,
  implements: [implement(flowDefinitions, () => [reviewFlow]), implement(flowFinished, reviewFinished), implement(exportSources, knowledgeExports), implement(fileAccess, mayOpenKnowledgeFile), implement(searchSources, knowledgeSearch), implement(todoSources, knowledgeTodo), implement(messageTypes, () => [{ code: 'knowledge.notice', name: '知识通知', module: 'knowledge', params: { summary: '摘要', code: '编号', type: '知识类型', unit: '责任单位', day: '日期' }, sample: { title: '知识更新：供热退费办法', text: '供热退费办法已更新，请查阅。' } }]), implement(smsTemplateSources, () => ({ knowledge: { text: '【12345】{title}：{text}' } }))],
})
