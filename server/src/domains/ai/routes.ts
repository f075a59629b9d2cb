import { bind, type Route } from '../../kernel/http/route.ts'
import { changeApplication, listApplicationChanges, listApplications } from './applications/applications.ts'
import { decideSuggestion, suggest } from './applications/suggest.ts'
import * as contract from './contract.ts'
import { getEvaluation, listEvaluations } from './evaluation/evaluations.ts'
import * as gateway from './gateway/gateway-contract.ts'
import { generateText } from './gateway/generate.ts'
import { listPrompts, savePrompt, usePrompt } from './gateway/prompts.ts'
import { callBoard, listCalls, listProviders, removeProvider, saveProvider, tryProvider } from './gateway/providers.ts'
import { judgeSafetyHit, listSafetyHits, safetyFigures, trySafety } from './safety/check-safety.ts'
import * as safety from './safety/safety-contract.ts'
import { listModels, switchModel, trainModel } from './models/models.ts'

export const routes: Route[] = [
  bind(contract.suggest, suggest),
  bind(contract.decideSuggestion, decideSuggestion),
  bind(contract.listApplications, listApplications),
  bind(contract.changeApplication, changeApplication),
  bind(contract.listApplicationChanges, listApplicationChanges),
  bind(contract.listModels, listModels),
  bind(contract.trainModel, trainModel),
  bind(contract.switchModel, switchModel),
  bind(contract.listEvaluations, listEvaluations),
  bind(contract.getEvaluation, getEvaluation),
  bind(gateway.listProviders, listProviders), bind(gateway.saveProvider, saveProvider), bind(gateway.removeProvider, removeProvider), bind(gateway.tryProvider, tryProvider),
  bind(gateway.listPrompts, listPrompts), bind(gateway.savePrompt, savePrompt), bind(gateway.usePrompt, usePrompt),
  bind(safety.listSafetyHits, listSafetyHits), bind(safety.safetyFigures, safetyFigures), bind(safety.judgeSafetyHit, judgeSafetyHit), bind(safety.trySafety, trySafety),
  bind(gateway.listCalls, listCalls), bind(gateway.callBoard, callBoard), bind(gateway.generateText, generateText),
]
