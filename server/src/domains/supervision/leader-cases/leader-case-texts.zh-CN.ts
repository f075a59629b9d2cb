export const reportStateNames: Record<string, string> = { draft: '待报送', submitted: '待审核', approved: '已通过', rejected: '已退回' }
export const leaderCaseKindNames: Record<string, string> = { case: '包案', whistle: '吹哨件' }
