export const runStateNames: Record<string, string> = { pending: '待确认', applied: '已采用', discarded: '已放弃' }
