import type { SetState } from './set-contract.ts'

export const setStateNames: Record<SetState, string> = { proposed: '待确认', open: '未派发', dispatched: '办理中', answered: '已答复', dissolved: '已解散' }
export const mergeStateNames: Record<string, string> = { draft: '未生效', sent: '已并单', undone: '已取消' }
export const setActNames: Record<string, string> = { confirm: '确认成员', addMembers: '加入工单', dispatch: '统一派发', answer: '统一答复', notice: '通报进展', edit: '修改', dissolve: '解散', send: '并单生效', undo: '取消并单', delete: '删除' }
