// One answer of the semantic layer, as others pass it on.
import { figuresRoute } from './contract.ts'

export const figuresAnswer = figuresRoute.response
