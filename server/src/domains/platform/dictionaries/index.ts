import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { deleteDictionaryItem, dictionaryErrors, listDictionaries, saveDictionary, saveDictionaryItem } from './manage-dictionaries.ts'
import { getDictionary } from './read-dictionary.ts'

export const part = definePart({
  permissions: { 'platform.manageDictionaries': '维护字典' },
  roles: { tenantAdmin: { 'platform.manageDictionaries': 'tenant' }, systemAdmin: { 'platform.manageDictionaries': 'tenant' }, businessAdmin: { 'platform.manageDictionaries': 'tenant' } },
  routes: [
    bind(contract.getDictionary, getDictionary),
    bind(contract.listDictionaries, listDictionaries),
    bind(contract.saveDictionary, saveDictionary),
    bind(contract.saveDictionaryItem, saveDictionaryItem),
    bind(contract.deleteDictionaryItem, deleteDictionaryItem),
  ],
  errors: dictionaryErrors,
})
