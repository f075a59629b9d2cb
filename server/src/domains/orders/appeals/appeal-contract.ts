// The appeal as a route.
import { z } from 'zod'
import { files, required, unitAct } from '../requests/ask-contract.ts'

export const appealRoute = unitAct('appealDissatisfaction', 'appeal', '不满意申诉', z.object({ reason: required(2000), fileIds: files }))
