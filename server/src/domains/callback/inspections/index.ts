// Callbacks on inspection cases: a part of callback.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addInspectionCallback, changeInspectionCallback, listInspectionCallbacks } from './inspection-callbacks.ts'
import * as contract from './inspection-contract.ts'

export const part = definePart({ routes: [bind(contract.listInspectionCallbacks, listInspectionCallbacks), bind(contract.addInspectionCallback, addInspectionCallback), bind(contract.changeInspectionCallback, changeInspectionCallback)] })
