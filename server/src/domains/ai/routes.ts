import { bind, type Route } from '../../kernel/http/route.ts'
import { changeApplication, listApplicationChanges, listApplications } from './applications/applications.ts'
import { decideSuggestion, suggest } from './applications/suggest.ts'
import * as contract from './contract.ts'
import { getEvaluation, listEvaluations } from './evaluation/evaluations.ts'
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
]
