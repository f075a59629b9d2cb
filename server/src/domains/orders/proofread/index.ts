// Proofreading of key fields before submission.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { proofreadAppeal } from './proofread-appeal.ts'
import { proofreadRoute } from './proofread-contract.ts'

export { keepProofreading, proofreadEngines } from './proofread-appeal.ts'

export const part = definePart({ routes: [bind(proofreadRoute, proofreadAppeal)] })
