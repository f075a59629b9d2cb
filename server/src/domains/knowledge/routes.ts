import { bind, bindAfter, type Route } from '../../kernel/http/route.ts'
import * as cite from './cite/cite-contract.ts'
import { listFavourites, rateItem, setFavourite } from './cite/my-knowledge.ts'
import * as cases from './cases/case-contract.ts'
import { findCases } from './cases/find-cases.ts'
import { searchShown } from './cases/masked-search.ts'
import { statistics } from './cite/statistics.ts'
import * as crawl from './crawl/crawl-contract.ts'
import { listRuns, listSources, runSource, saveSource, trySource } from './crawl/sources.ts'
import * as directory from './directory/directory-contract.ts'
import { addDirectory, changeDirectory, deleteDirectory, listDirectories } from './directory/directories.ts'
import * as documents from './documents/document-contract.ts'
import { readUpload } from './documents/read-upload.ts'
import { bulkItems } from './items/bulk-items.ts'
import { importColumns, importItems } from './items/import-items.ts'
import { listBin } from './items/recycle-bin.ts'
import { decideTicket } from './items/decide-ticket.ts'
import { addItem, cancelTicket, modifyItem, recallTicket, saveDraft, submitTicket } from './items/edit-item.ts'
import { confirmEmergency, emergencyReceipts, endEmergency, listEmergencies, myEmergencies, startEmergency } from './emergency/emergencies.ts'
import * as emergency from './emergency/emergency-contract.ts'
import { listEvidence, verifyEvidence } from './evidence/evidence.ts'
import * as evidence from './evidence/evidence-contract.ts'
import { sendItem } from './evidence/send-item.ts'
import * as feedback from './feedback/feedback-contract.ts'
import { answerQuestion, askQuestion, listQuestions, refuseQuestion, routeQuestion } from './feedback/questions.ts'
import { addReport, closeReport, forwardReport, listReports, replyReport } from './feedback/reports.ts'
import * as items from './items/item-contract.ts'
import { listItems } from './items/list-items.ts'
import { publishTicket, readMaterial, unscheduleTicket } from './items/publish.ts'
import { getItem } from './items/read-item.ts'
import { askShelf, confirmItem, discardItem, emergencySuspend } from './items/shelf.ts'
import { getTicket, listTickets } from './items/tickets.ts'
import { compareVersions, listVersions } from './items/versions.ts'
import * as labels from './labels/label-contract.ts'
import { addPersonalLabel, likePersonalLabel, listItemLabels, listLabelFilters, removePersonalLabel } from './labels/personal-labels.ts'
import { listLikedLabels, promoteLabel } from './labels/promote-label.ts'
import * as search from './search/search-contract.ts'
import { hotList, openedHit, setHot } from './upkeep/hot-list.ts'
import { confirmationRates, listConfirmations, listPolicies, savePolicy } from './upkeep/policies.ts'
import * as upkeep from './upkeep/upkeep-contract.ts'
import { openItems, openChanges, listOpenCalls } from './open/open-knowledge.ts'
import * as open from './open/open-contract.ts'
import * as notice from './notices/notice-contract.ts'
import { addQueueEntries, deleteNoticeQueue, dropQueueEntry, listNoticeQueues, listQueueEntries, noticeDeliveries, noticeLog, saveNoticeQueue } from './notices/queues.ts'
import { deleteNoticeTemplate, enableNoticeTemplates, listNoticeTemplates, saveNoticeTemplate } from './notices/templates.ts'
import * as scene from './scenes/scene-contract.ts'
import { addShippedLibraries, linkScenario, listLibraries, openScenario, saveLibrary, saveScenario } from './scenes/scenes.ts'
import * as material from './materials/material-contract.ts'
import { addRelease, listMaterials, listReleases, noteViews, removeRelease } from './materials/releases.ts'
import { checkStock, decideFinding, listFindings } from './stock/check-stock.ts'
import * as stock from './stock/stock-contract.ts'
import { addShares, listShares, setShare, shareTargets, shareUses } from './sharing/shares.ts'
import { copyShared, listShared, noteUse, openShared } from './sharing/shared-knowledge.ts'
import * as sharing from './sharing/sharing-contract.ts'
import { deleteSynonym, importSynonyms, listSynonyms, saveSynonym } from './search/synonyms.ts'
import * as topic from './topics/topic-contract.ts'
import { deleteNode, drawTopic, getTopic, saveNode } from './topics/topic-nodes.ts'
import { deleteTopic, listTopicLog, listTopics, saveTopic, setTopicState } from './topics/topics.ts'
import * as types from './types/type-contract.ts'
import { listTypes, saveType } from './types/types.ts'

export const routes: Route[] = [
  bind(search.searchKnowledge, searchShown),
  bind(search.listSynonyms, listSynonyms),
  bind(search.saveSynonym, saveSynonym),
  bind(search.importSynonyms, importSynonyms),
  bind(search.deleteSynonym, deleteSynonym),
  bind(directory.listDirectories, listDirectories),
  bind(directory.addDirectory, addDirectory),
  bind(directory.changeDirectory, changeDirectory),
  bind(directory.deleteDirectory, deleteDirectory),
  bind(types.listTypes, listTypes),
  bind(types.saveType, saveType),
  bind(upkeep.listPolicies, listPolicies),
  bind(upkeep.savePolicy, savePolicy),
  bind(upkeep.listConfirmations, listConfirmations),
  bind(upkeep.confirmationRates, confirmationRates),
  bind(upkeep.hotList, hotList),
  bind(upkeep.setHot, setHot),
  bind(upkeep.openedHit, openedHit),
  bind(cite.favourites, listFavourites),
  bind(cite.setFavourite, setFavourite),
  bind(cite.rateItem, rateItem),
  bind(cite.statistics, statistics),
  bind(emergency.myEmergencies, myEmergencies),
  bind(emergency.listEmergencies, listEmergencies),
  bind(emergency.emergencyReceipts, emergencyReceipts),
  bind(emergency.startEmergency, startEmergency),
  bind(emergency.confirmEmergency, confirmEmergency),
  bind(emergency.endEmergency, endEmergency),
  bind(feedback.listQuestions, listQuestions),
  bind(feedback.askQuestion, askQuestion),
  bind(feedback.answerQuestion, answerQuestion),
  bind(feedback.refuseQuestion, refuseQuestion),
  bind(feedback.routeQuestion, routeQuestion),
  bind(feedback.listReports, listReports),
  bind(feedback.addReport, addReport),
  bind(feedback.forwardReport, forwardReport),
  bind(feedback.replyReport, replyReport),
  bind(feedback.closeReport, closeReport),
  bind(documents.readDocument, readUpload),
  bind(items.listTickets, listTickets),
  bind(items.getTicket, getTicket),
  bind(items.saveDraft, saveDraft),
  bind(items.submitTicket, submitTicket),
  bind(items.recallTicket, recallTicket),
  bind(items.ticketAct, cancelTicket),
  bind(items.decideTicket, decideTicket),
  bindAfter(items.publishTicket, readMaterial, publishTicket),
  bind(items.unscheduleTicket, unscheduleTicket),
  bind(items.bulkItems, bulkItems),
  bind(items.listBin, listBin),
  bind(items.importColumns, importColumns),
  bind(items.importItems, importItems),
  bind(items.listItems, listItems),
  bind(items.addItem, addItem),
  bind(items.getItem, getItem),
  bind(items.listVersions, listVersions),
  bind(items.compareVersions, compareVersions),
  bind(items.modifyItem, modifyItem),
  bind(items.askShelf, askShelf),
  bind(items.emergencySuspend, emergencySuspend),
  bind(items.discardItem, discardItem),
  bind(items.confirmItem, confirmItem),
  bind(scene.listLibraries, listLibraries),
  bind(scene.addShippedLibraries, addShippedLibraries),
  bind(scene.saveLibrary, saveLibrary),
  bind(scene.saveScenario, saveScenario),
  bind(scene.openScenario, openScenario),
  bind(scene.linkScenario, linkScenario),
  bind(notice.listNoticeTemplates, listNoticeTemplates),
  bind(notice.saveNoticeTemplate, saveNoticeTemplate),
  bind(notice.enableNoticeTemplates, enableNoticeTemplates),
  bind(notice.deleteNoticeTemplate, deleteNoticeTemplate),
  bind(notice.listNoticeQueues, listNoticeQueues),
  bind(notice.saveNoticeQueue, saveNoticeQueue),
  bind(notice.deleteNoticeQueue, deleteNoticeQueue),
  bind(notice.listQueueEntries, listQueueEntries),
  bind(notice.addQueueEntries, addQueueEntries),
  bind(notice.dropQueueEntry, dropQueueEntry),
  bind(notice.noticeLog, noticeLog),
  bind(notice.noticeDeliveries, noticeDeliveries),
  bind(cases.findCases, findCases),
  bind(sharing.shareTargets, shareTargets),
  bind(sharing.listShares, listShares),
  bind(sharing.shareUses, shareUses),
  bind(sharing.addShares, addShares),
  bind(sharing.setShare, setShare),
  bind(sharing.listShared, listShared),
  bind(sharing.openShared, openShared),
  bind(sharing.copyShared, copyShared),
  bind(sharing.noteUse, noteUse),
  bind(open.openItems, openItems),
  bind(open.openChanges, openChanges),
  bind(open.openCalls, listOpenCalls),
  bind(evidence.listEvidence, listEvidence),
  bind(evidence.verifyEvidence, verifyEvidence),
  bind(evidence.sendItem, sendItem),
  bind(stock.listFindings, listFindings),
  bind(stock.checkStock, checkStock),
  bind(stock.decideFinding, decideFinding),
  bind(labels.itemLabels, listItemLabels),
  bind(labels.addLabel, addPersonalLabel),
  bind(labels.removeLabel, removePersonalLabel),
  bind(labels.likeLabel, likePersonalLabel),
  bind(labels.labelFilters, listLabelFilters),
  bind(labels.likedLabels, listLikedLabels),
  bind(labels.promoteLabel, promoteLabel),
  bind(topic.listTopics, listTopics),
  bind(topic.getTopic, getTopic),
  bind(topic.topicLog, listTopicLog),
  bind(topic.saveTopic, saveTopic),
  bind(topic.setTopicState, setTopicState),
  bind(topic.deleteTopic, deleteTopic),
  bind(topic.drawTopic, drawTopic),
  bind(topic.saveNode, saveNode),
  bind(topic.deleteNode, deleteNode),
  bind(material.listMaterials, listMaterials),
  bind(material.listReleases, listReleases),
  bind(material.addRelease, addRelease),
  bind(material.noteViews, noteViews),
  bind(material.removeRelease, removeRelease),
  bind(crawl.listSources, listSources),
  bind(crawl.saveSource, saveSource),
  bind(crawl.runSource, runSource),
  bind(crawl.listRuns, listRuns),
  bind(crawl.trySource, trySource),
]
