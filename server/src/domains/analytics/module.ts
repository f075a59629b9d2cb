// Boards, themes, statistics tables and questions in Chinese: definitions over the semantic layer of `data`.
import { bind } from '../../kernel/http/route.ts'
import { defineModule } from '../../kernel/module.ts'
import { analyticsFail } from './analytics.errors.ts'
import * as ask from './ask/ask-contract.ts'
import { askData, listAsks, markAsk } from './ask/ask.ts'
import { changeBoardState, createBoard, listBoards, publishBoard, saveBoard, showBoard } from './boards.ts'
import * as contract from './contract.ts'

export const analytics = defineModule({
  name: 'analytics',
  tables: 'analytics_',
  dependsOn: ['platform', 'matters', 'data'],
  permissions: { 'analytics.manage': '编辑看板、专题和统计报表' },
  roles: { businessAdmin: { 'analytics.manage': 'tenant' }, tenantAdmin: { 'analytics.manage': 'tenant' } },
  routes: [bind(contract.boardsRoute, listBoards), bind(contract.boardRoute, showBoard), bind(contract.createBoardRoute, createBoard), bind(contract.saveBoardRoute, saveBoard), bind(contract.publishBoardRoute, publishBoard), bind(contract.withdrawBoardRoute, changeBoardState), bind(ask.askRoute, askData), bind(ask.asksRoute, listAsks), bind(ask.markAskRoute, markAsk)],
  errors: analyticsFail,
})
