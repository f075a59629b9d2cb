import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { searchEverything } from './search-everything.ts'

export const part = definePart({ routes: [bind(contract.searchEverything, searchEverything)] })
