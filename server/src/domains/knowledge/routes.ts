import { bind, type Route } from '../../kernel/http/route.ts'
import * as cite from './cite/cite-contract.ts'
import { listFavourites, rateItem, setFavourite } from './cite/my-knowledge.ts'
import { statistics } from './cite/statistics.ts'
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
import * as feedback from './feedback/feedback-contract.ts'
import { answerQuestion, askQuestion, listQuestions, refuseQuestion, routeQuestion } from './feedback/questions.ts'
import { addReport, closeReport, forwardReport, listReports, replyReport } from './feedback/reports.ts'
import * as items from './items/item-contract.ts'
import { listItems } from './items/list-items.ts'
import { publishTicket, unscheduleTicket } from './items/publish.ts'
import { getItem } from './items/read-item.ts'
import { askShelf, confirmItem, discardItem, emergencySuspend } from './items/shelf.ts'
import { getTicket, listTickets } from './items/tickets.ts'
import { compareVersions, listVersions } from './items/versions.ts'
import * as search from './search/search-contract.ts'
import { hotList, openedHit, setHot } from './upkeep/hot-list.ts'
import { confirmationRates, listConfirmations, listPolicies, savePolicy } from './upkeep/policies.ts'
import * as upkeep from './upkeep/upkeep-contract.ts'
import { searchKnowledge } from './search/search-knowledge.ts'
import { deleteSynonym, importSynonyms, listSynonyms, saveSynonym } from './search/synonyms.ts'
import * as types from './types/type-contract.ts'
import { listTypes, saveType } from './types/types.ts'

export const routes: Route[] = [
  bind(search.searchKnowledge, searchKnowledge),
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
  bind(items.publishTicket, publishTicket),
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
]
