// Public figures (INT-21): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { bulletin, bulletinAreas, bulletinItems, publicStatistics } from './public-statistics.ts'
import * as contract from './statistics-contract.ts'

export const part = definePart({ routes: [bind(contract.publicStatistics, publicStatistics)], settings: [bulletin, bulletinItems, bulletinAreas] })
