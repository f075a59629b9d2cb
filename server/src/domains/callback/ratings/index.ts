// Ratings over all channels and the handling of bad ones: a part of callback.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import { unratedAgents } from '../../telephony/index.ts'
import { answerRating, listRatings, ratingSummary, takeBadRatings } from './care.ts'
import { ratingExport } from './export-ratings.ts'
import * as contract from './rating-contract.ts'
import { badStars, keyStars } from './rating.settings.ts'
import { agentsWithoutSurvey, listSurveySwitches, setSurveySwitch } from './survey-switch.ts'

export const part = definePart({
  routes: [bind(contract.listRatings, listRatings), bind(contract.ratingSummary, ratingSummary), bind(contract.answerRating, answerRating), bind(contract.listSurveySwitches, listSurveySwitches), bind(contract.setSurveySwitch, setSurveySwitch)],
  crons: [{ name: 'callback.badRatings', everySeconds: 60, run: takeBadRatings }],
  settings: [badStars, keyStars],
  implements: [implement(exportSources, () => [ratingExport]), implement(unratedAgents, agentsWithoutSurvey)],
})
