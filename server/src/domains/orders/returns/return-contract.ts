// Reopening returning as a route.
import { z } from 'zod'
import { files, required, unitAct } from '../requests/ask-contract.ts'

export const requestResetRoute = unitAct('requestReturnReset', 'request-return-reset', '申请重开退回', z.object({ reason: required(1000), fileIds: files }))
