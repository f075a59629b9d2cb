// Lines, numbers, extensions and barred numbers: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addBarred, listBarred, removeBarred } from './barred.ts'
import { addExtension, changeExtension, listExtensions, removeExtension } from './keep-extensions.ts'
import { addNumber, changeNumber, listNumbers, removeNumber } from './keep-numbers.ts'
import { addTrunk, changeTrunk, listFaults, listTrunks, removeTrunk } from './keep-trunks.ts'
import * as contract from './line-contract.ts'

const manage = { 'telephony.lines': 'tenant' } as const

export const part = definePart({
  permissions: { 'telephony.lines': '维护线路、号码和分机' },
  roles: { tenantAdmin: manage, systemAdmin: manage, businessAdmin: { 'telephony.lines': 'unitTree' } },
  routes: [
    bind(contract.listTrunks, listTrunks), bind(contract.addTrunk, addTrunk), bind(contract.changeTrunk, changeTrunk), bind(contract.removeTrunk, removeTrunk), bind(contract.listFaults, listFaults),
    bind(contract.listNumbers, listNumbers), bind(contract.addNumber, addNumber), bind(contract.changeNumber, changeNumber), bind(contract.removeNumber, removeNumber),
    bind(contract.listExtensions, listExtensions), bind(contract.addExtension, addExtension), bind(contract.changeExtension, changeExtension), bind(contract.removeExtension, removeExtension),
    bind(contract.listBarred, listBarred), bind(contract.addBarred, addBarred), bind(contract.removeBarred, removeBarred),
  ],
})
