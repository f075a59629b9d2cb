// Processes that the flow domain ships; later domains add theirs by the port flowDefinitions.
import type { ShippedDefinition } from '../graph.ts'
import { orderExtension } from './order-extension.ts'
import { orderReturn } from './order-return.ts'
import { orderWithdrawal } from './order-withdrawal.ts'

export const shippedDefinitions: ShippedDefinition[] = [orderReturn, orderExtension, orderWithdrawal]
