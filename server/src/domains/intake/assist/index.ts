// Assisted submission and completeness (INT-08, INT-09): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './assist-contract.ts'
import { assistSubmission, checkElements } from './assist-submission.ts'
import { transcribe } from './speech.ts'

export const part = definePart({ routes: [bind(contract.assistRoute, assistSubmission), bind(contract.checkElementsRoute, checkElements), bind(contract.speechRoute, transcribe)] })
