export const figureNames = { urges: '催办未答复', near: '临期', overdue: '超期', red: '有效红牌', raised: '已提级', late: '迟答', tasks: '督办', stageLate: '环节超时', due: '本月到期' } as const
export const facetNames = { receipt: '受理登记', sorting: '分拣派发', review: '审核', closing: '办结审核', callback: '回访', outbound: '外呼' } as const
export const chainNames = { receiving: '受理', dispatch: '派发', handling: '办理', reply: '单位答复', supervision: '督办', callback: '回访', conclusion: '办结审核', rating: '不满意重办' } as const
export const otherArea = '未细分到下级'
