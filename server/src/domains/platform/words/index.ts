// The word store: one page, one import, read by all modules.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './word-contract.ts'
import { importWords, inheritWords, listWords, removeWord, saveWord } from './words.ts'

const keeper = { 'platform.manageWords': 'tenant' } as const

export const part = definePart({
  permissions: { 'platform.manageWords': '维护词库' },
  roles: { businessAdmin: keeper, tenantAdmin: keeper },
  settings: [inheritWords],
  routes: [bind(contract.listWords, listWords), bind(contract.saveWord, saveWord), bind(contract.removeWord, removeWord), bind(contract.importWords, importWords)],
})
